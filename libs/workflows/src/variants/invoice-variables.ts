import { isCredit } from '#billing/invoices/invoice-document';
import { type MailFacts } from '#billing/mail-facts';
import { type Amount, decimal } from '#kernel/amount';
import { type Formatter } from '#kernel/format';
import { calendarDays, firstZone, toWireTime } from '#kernel/local-time';
import { type VariantVariables } from './workflow-variant.js';

/** What a template may say about an invoice: formatted for the reader, and `*_raw` as the document states it (e.44). */
export function invoiceVariables(
  { invoice, customer, platform }: MailFacts,
  format: Formatter,
  now: Date,
): VariantVariables {
  const document = invoice?.document ?? {};
  const money = (stated: Amount | null | undefined) => (stated ? format.money(stated) : null);
  const date = (stated: string | null | undefined) => (stated ? format.date(stated) : null);
  const open = document.open_invoice_amount;
  const zone = firstZone(document.timezone, customer?.timezone, platform.timezone);
  return {
    has_invoice: invoice !== null,
    invoice_id: invoice?.id ?? null,
    invoice_number: document.invoice_number ?? null,
    invoice_type: invoice?.type ?? null,
    is_credit_note: isCredit(invoice?.type),
    purchase_order_number: document.purchase_order_number ?? null,
    invoice_date: date(document.invoice_date),
    invoice_date_raw: document.invoice_date ?? null,
    invoice_due_date: date(document.due_date),
    invoice_due_date_raw: document.due_date ?? null,
    invoice_currency: document.billing_currency ?? document.invoice_amount_including_tax?.currency ?? null,
    invoice_amount: money(document.invoice_amount_including_tax),
    invoice_amount_raw: document.invoice_amount_including_tax?.quantity ?? null,
    invoice_open_amount: money(open),
    invoice_open_amount_raw: open?.quantity ?? null,
    invoice_paid_amount: money(document.paid_invoice_amount),
    invoice_paid_amount_raw: document.paid_invoice_amount?.quantity ?? null,
    nothing_to_pay: !invoice || isCredit(invoice.type) || !open || decimal(open.quantity).lessThanOrEqualTo(0),
    days_overdue: invoice?.dueDate ? calendarDays(invoice.dueDate, now, zone) : 0,
    sent_at_raw: toWireTime(now),
  };
}
