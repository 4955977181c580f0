import { type InvoiceState } from '#billing/billing-state';
import { BEFORE_FINAL, namesAutomaticCharge } from '#billing/invoices/automatic-charge';
import { type MailFacts } from '#billing/mail-facts';
import { decimal } from '#kernel/amount';
import { COLLECTED_TYPES } from '../collected-invoices.js';

export type Chargeable = Pick<
  InvoiceState,
  'status' | 'type' | 'open' | 'invoiceDate' | 'dueDate' | 'chargedAutomatically'
>;

/**
 * When money will be asked of the customer (e.29): before FINAL the invoice date, when a stored payment method is charged
 * automatically; once FINAL the due date, while something is open. Null when nothing is to come.
 */
export function chargeDate(invoice: Chargeable): Date | null {
  const { status, type, open, invoiceDate, dueDate, chargedAutomatically } = invoice;
  if (!COLLECTED_TYPES.includes(type)) return null;
  if (BEFORE_FINAL.includes(status)) return chargedAutomatically ? invoiceDate : null;
  return status === 'FINAL' && open ? dueDate : null;
}

/** The same, as the facts of a mail tell it. */
export function chargeDateIn({ invoice, paymentAcceptors }: MailFacts): Date | null {
  if (!invoice) return null;
  const { document, openAmount } = invoice;
  return chargeDate({
    ...invoice,
    open: openAmount !== null && decimal(openAmount).greaterThan(0),
    invoiceDate: document.invoice_date ? new Date(document.invoice_date) : null,
    chargedAutomatically: namesAutomaticCharge(document, paymentAcceptors),
  });
}
