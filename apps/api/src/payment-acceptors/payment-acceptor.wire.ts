import { z } from 'zod';
import { type PaymentAcceptorRow } from '#billing/payment-acceptors/payment-acceptor';
import { toWireTime } from '#kernel/local-time';
import { pageOf } from '../http/pages.js';
import { patchOf } from '../http/patch-of.js';
import { id, kept, line, longText, reference, resourceHead, resourceTimes } from '../wire/fields.js';
import { address } from '../wire/parties.js';

export const PAYMENT_ACCEPTOR_STATUSES = ['DRAFT', 'ACTIVE', 'ARCHIVED', 'DEPRECATED'] as const;
export const PAYMENT_ACCEPTOR_TYPES = ['BANK_ACCOUNT', 'PAYMENT_GATEWAY', 'CUSTOM_REDIRECT'] as const;
const BANK_ACCOUNT_TYPES = [
  'IBAN',
  'BIC_AND_ACCOUNT_NUMBER',
  'ACCOUNT_NUMBER_AND_BIC',
  'US_BANK_ACCOUNT',
  'US_LOCAL',
  'UK_LOCAL',
  'BR_LOCAL',
  'AR_LOCAL',
  'MX_LOCAL',
] as const;

const number = z.string().max(256).nullish();
const accountType = z.enum(['CHECKING', 'SAVINGS']).nullish();

const bankAccount = z.object({
  type: z.enum(BANK_ACCOUNT_TYPES).nullish(),
  iban: number,
  country: number,
  bic: number,
  bank_name: longText.nullish(),
  bank_address: address.optional(),
  account_number: number,
  bank_code: number,
  routing_number: number,
  account_type: accountType,
  account_number_and_bic: z.object({ account_number: number, bank_code: number, bic: number }).optional(),
  uk_local: z.object({ account_number: number, sort_code: number }).optional(),
  us_local: z
    .object({ account_number: number, account_type: accountType, bank_code: number, routing_number: number })
    .optional(),
  br_local: z.object({ branch: number, account_number: number, bic: number }).optional(),
  ar_local: z.object({ cbu: number, account_number: number, bic: number }).optional(),
  mx_local: z.object({ clabe: number, account_number: number, bic: number }).optional(),
});

const paymentGateway = z.object({
  integration_id: id.optional(),
  store_payment_method: z.boolean().nullish(),
  auto_charge_payment_method: z.boolean().nullish(),
  collection_type: z.enum(['LINK']).optional(),
  link: kept.optional(),
  adyen: kept.optional(),
});

/** Customers are sent there to pay: nothing but the web. */
const webAddress = z.url({ protocol: /^https?$/, error: 'Give a complete URL that begins with https:// or http://.' });

export const paymentAcceptorCreateRequest = z
  .object({
    billing_entity_id: id.nullish(),
    customer_id: id.nullish(),
    reference,
    name: line.nullish(),
    description: line.nullish(),
    type: z.enum(PAYMENT_ACCEPTOR_TYPES).nullable(),
    bank_account: bankAccount.optional(),
    payment_gateway: paymentGateway.optional(),
    custom_redirect: z.object({ url: webAddress.max(2_000).nullish() }).optional(),
    status: z.enum(PAYMENT_ACCEPTOR_STATUSES).nullish(),
  })
  .meta({ id: 'PaymentAcceptorCreateRequest' });

export const paymentAcceptorUpdateRequest = patchOf(paymentAcceptorCreateRequest).meta({
  id: 'PaymentAcceptorUpdateRequest',
});

export type PaymentAcceptorCreateRequest = z.output<typeof paymentAcceptorCreateRequest>;
export type PaymentAcceptorUpdateRequest = z.output<typeof paymentAcceptorUpdateRequest>;

export const paymentAcceptorResponse = z
  .object({ ...resourceHead, ...paymentAcceptorCreateRequest.shape, ...resourceTimes })
  .meta({ id: 'PaymentAcceptor' });
export const paymentAcceptorPage = pageOf(paymentAcceptorResponse, 'PaymentAcceptorResponseWrapper');

export function toWire({ id, status, document, createdAt, updatedAt }: PaymentAcceptorRow) {
  return {
    object_type: 'PAYMENT_ACCEPTOR',
    id,
    ...document,
    status,
    created_at: toWireTime(createdAt),
    updated_at: toWireTime(updatedAt),
  };
}
