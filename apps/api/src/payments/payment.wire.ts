import { z } from 'zod';
import { type PaymentRow } from '#billing/payments/payment.repository';
import { toWireTime } from '#kernel/local-time';
import { pageOf } from '../http/pages.js';
import { amount } from '../wire/amounts.js';
import { id, instant, kept, longText, resourceTimes } from '../wire/fields.js';

export const PAYMENT_RESULTS = [
  'AUTHORIZED',
  'CANCELLED',
  'CHARGED_BACK',
  'ERROR',
  'PENDING',
  'REFUSED',
  'REFUNDED',
] as const;

const fields = {
  timestamp: instant.nullish(),
  customer_id: id.nullish(),
  invoice_id: id.nullish(),
  payment_acceptor_id: id.nullish(),
  payment_acceptor_reference: z.string().max(256).nullish(),
  payment_method_id: id.nullish(),
  payment_method_details: z
    .looseObject({
      type: z.string().max(64).nullish(),
      card: z
        .looseObject({ brand: z.string().max(64).nullish(), last_four_digits: z.string().max(16).nullish() })
        .nullish(),
    })
    .optional(),
  integration_payment_method_reference: z.string().max(256).nullish(),
  external_reference: z.string().min(1).max(256).describe('The id at the payment provider.'),
  reference: z.string().max(256).nullish(),
  amount: amount.optional(),
  result: z.enum(PAYMENT_RESULTS),
  result_details: z
    .looseObject({
      code: z.string().max(256).nullish(),
      reason: longText.nullish(),
      external_reason: longText.nullish(),
    })
    .optional(),
  dunning_action_details: kept.optional(),
  context: z.looseObject({ type: z.string().max(64).nullish() }).optional(),
};

export const paymentCreateRequest = z
  .object({ ...fields, customer: kept.nullish() })
  .meta({ id: 'PaymentCreateRequest' });
export type PaymentCreateRequest = z.output<typeof paymentCreateRequest>;

export const paymentResponse = z
  .looseObject({ object_type: z.string(), id: z.string(), ...fields, customer: kept.nullish(), ...resourceTimes })
  .meta({ id: 'Payment' });
export const paymentPage = pageOf(paymentResponse, 'PaymentResponseWrapper');

/** @param customer the expanded customer; left out when it was not asked for. */
export function toWire({ id, customerId, document, createdAt, updatedAt }: PaymentRow, customer?: object) {
  return {
    object_type: 'PAYMENT',
    id,
    ...document,
    ...(customerId ? { customer_id: customerId } : {}),
    ...(customer ? { customer } : {}),
    created_at: toWireTime(createdAt),
    updated_at: toWireTime(updatedAt),
  };
}
