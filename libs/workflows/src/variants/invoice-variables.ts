import { isCredit } from '#billing/invoices/invoice-document';
import { type InvoiceFact, type MailFacts } from '#billing/mail-facts';
import { somethingToPay } from '#billing/payment-links/pay-link';
import { type Formatter } from '#kernel/format';
import { calendarDays, firstZone, toWireTime } from '#kernel/local-time';
import { printedFor, stated } from './printed-values.js';
import { type VariantVariables } from './workflow-variant.js';

/** What a template may say about an invoice: formatted for the reader, and `*_raw` as the document states it (e.44). */
export function invoiceVariables(facts: MailFacts, format: Formatter, now: Date): VariantVariables {
  const { invoice } = facts;
  const document = invoice ? invoice.document : {};
  const { money, date, quantity } = printedFor(format);
  return {
    has_invoice: invoice !== null,
    invoice_id: stated(invoice?.id),
    invoice_type: stated(invoice?.type),
    is_credit_note: invoice !== null && isCredit(invoice.type),
    nothing_to_pay: invoice === null || !somethingToPay(invoice),
    days_overdue: invoice ? daysOverdue(facts, invoice, now) : 0,
    invoice_number: stated(document.invoice_number),
    purchase_order_number: stated(document.purchase_order_number),
    invoice_date: date(document.invoice_date),
    invoice_date_raw: stated(document.invoice_date),
    invoice_due_date: date(document.due_date),
    invoice_due_date_raw: stated(document.due_date),
    invoice_currency: stated(document.billing_currency),
    invoice_amount: money(document.invoice_amount_including_tax),
    invoice_amount_raw: quantity(document.invoice_amount_including_tax),
    invoice_open_amount: money(document.open_invoice_amount),
    invoice_open_amount_raw: quantity(document.open_invoice_amount),
    invoice_paid_amount: money(document.paid_invoice_amount),
    invoice_paid_amount_raw: quantity(document.paid_invoice_amount),
    sent_at_raw: toWireTime(now),
  };
}

/** Whole days since the due date in the calendar of e.35; negative while it is still to come. */
function daysOverdue({ customer, platform }: MailFacts, { dueDate, document }: InvoiceFact, now: Date): number {
  if (!dueDate) return 0;
  return calendarDays(dueDate, now, firstZone(document.timezone, customer?.timezone, platform.timezone));
}
