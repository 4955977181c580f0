import { type MailFacts, type PaymentDocument } from '#billing/mail-facts';
import { type Formatter } from '#kernel/format';
import { toWireTime } from '#kernel/local-time';
import { printedFor, stated } from './printed-values.js';
import { type VariantVariables } from './workflow-variant.js';

/** What a template may say about a payment (e.44). */
export function paymentVariables({ payment }: MailFacts, format: Formatter, now: Date): VariantVariables {
  const document: PaymentDocument = payment ? payment.document : {};
  const { money, date, quantity } = printedFor(format);
  const happenedAt = document.timestamp ?? document.created_at ?? toWireTime(now);
  return {
    payment_id: stated(payment?.id),
    payment_result: stated(payment?.result),
    payment_amount: money(document.amount),
    payment_amount_raw: quantity(document.amount),
    payment_currency: document.amount ? document.amount.currency : null,
    payment_failure_reason: failureReason(document),
    payment_date: date(happenedAt),
    payment_date_raw: happenedAt,
    payment_method: methodName(document),
  };
}

/** Without the full stop that some providers end it with: mails quote it within a sentence of their own. */
function failureReason({ result_details: details }: PaymentDocument): string | null {
  return (details?.reason ?? details?.external_reason)?.replace(/\.\s*$/, '') ?? null;
}

function methodName({ payment_method_details: details }: PaymentDocument): string | null {
  const { brand, last_four_digits: digits } = details?.card ?? {};
  if (!brand && !digits) return null;
  return [brand, digits && `•••• ${digits}`].filter(Boolean).join(' ');
}
