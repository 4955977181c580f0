import { type InvoiceState } from '#billing/billing-state';
import { CLOSED_STATUSES } from '#billing/invoices/invoice-document';
import { type MailFacts } from '#billing/mail-facts';
import { type Formatter } from '#kernel/format';
import { calendarDays, firstZone, toWireTime } from '#kernel/local-time';
import { type Period } from '#kernel/period';
import { MAX_LATE_MS } from '../../domain/next-step.js';
import { notCollected, nothingOpen } from '../collected-invoices.js';
import { invoiceVariables } from '../invoice-variables.js';
import { type CadenceRule, type VariantVariables, type WorkflowVariant } from '../workflow-variant.js';
import { chargeDate, chargeDateIn } from './charge-date.js';

const cadence: CadenceRule<InvoiceState> = {
  side: 'BEFORE_ANCHOR',
  periods: (config) =>
    (config as { upcoming_payment?: { periods?: Period[] } } | null)?.upcoming_payment?.periods ?? [],
  anchor: chargeDate,
  qualifies: (invoice) => chargeDate(invoice) !== null,
  anchorIn: chargeDateIn,
};

/** INVOICE / UPCOMING_PAYMENT_REMINDER: a step per period before the charge date (e.29), and none once that has come. */
export const upcomingPayment: WorkflowVariant = {
  type: 'INVOICE',
  variant: 'UPCOMING_PAYMENT_REMINDER',
  maxLateMs: MAX_LATE_MS,
  cadence,
  guard(facts, { now }) {
    const { invoice } = facts;
    const refusal = notCollected(invoice) ?? (invoice?.status === 'FINAL' ? nothingOpen(invoice) : null);
    if (refusal) return refusal;
    const chargedAt = chargeDateIn(facts);
    if (!chargedAt) {
      return {
        reason: 'NO_PAYMENT_TO_COME',
        message: 'The invoice has no payment date any more, or is not charged automatically before it is FINAL.',
      };
    }
    if (chargedAt > now) return null;
    return { reason: 'PAYMENT_DATE_PASSED', message: `The payment date, ${toWireTime(chargedAt)}, has come.` };
  },
  manualProblem: (resource) =>
    'open' in resource && CLOSED_STATUSES.includes(resource.status)
      ? `The invoice is ${resource.status}: nothing will be paid.`
      : null,
  variables: upcomingVariables,
};

/** Of a manual trigger before there is a payment date, the due or invoice date stands for it. */
function upcomingVariables(facts: MailFacts, format: Formatter, now: Date): VariantVariables {
  const { invoice, customer, platform } = facts;
  const stated = invoice?.document.due_date ?? invoice?.document.invoice_date;
  const chargedAt = chargeDateIn(facts) ?? (stated ? new Date(stated) : null);
  const zone = firstZone(invoice?.document.timezone, customer?.timezone, platform.timezone);
  return {
    ...invoiceVariables(facts, format, now),
    is_charged_automatically: invoice !== null && invoice.status !== 'FINAL',
    payment_date: chargedAt && format.date(chargedAt),
    payment_date_raw: chargedAt && toWireTime(chargedAt),
    days_until_payment: chargedAt ? calendarDays(now, chargedAt, zone) : 0,
  };
}
