import { type MailFacts, type PaymentDocument } from '#billing/mail-facts';
import { type Formatter } from '#kernel/format';
import { toWireTime } from '#kernel/local-time';
import { type VariantVariables } from './workflow-variant.js';

/** What a template may say about a payment (e.44). */
export function paymentVariables({ payment }: MailFacts, format: Formatter, now: Date): VariantVariables {
  const document: PaymentDocument = payment?.document ?? {};
  const happenedAt = document.timestamp ?? document.created_at ?? toWireTime(now);
  return {
    payment_id: payment?.id ?? null,
    payment_amount: document.amount ? format.money(document.amount) : null,
    payment_amount_raw: document.amount?.quantity ?? null,
    payment_currency: document.amount?.currency ?? null,
    payment_result: payment?.result ?? null,
    payment_failure_reason: document.result_details?.reason ?? document.result_details?.external_reason ?? null,
    payment_date: format.date(happenedAt),
    payment_date_raw: happenedAt,
    payment_method: methodName(document),
  };
}

function methodName({ payment_method_details: details }: PaymentDocument): string | null {
  const { brand, last_four_digits: digits } = details?.card ?? {};
  if (!brand && !digits) return null;
  return [brand, digits && `•••• ${digits}`].filter(Boolean).join(' ');
}
