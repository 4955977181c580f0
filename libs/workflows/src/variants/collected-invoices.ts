import { CLOSED_STATUSES } from '#billing/invoices/invoice-document';
import { type InvoiceFact } from '#billing/mail-facts';
import { decimal } from '#kernel/amount';
import { type Refusal } from './workflow-variant.js';

/** Invoices that money is collected for; credit notes are not (e.28). */
export const COLLECTED_TYPES: readonly string[] = ['STANDARD', 'ONE_OFF'];

/** Why nothing is collected for the invoice, whatever is open on it; null when it is one to collect. */
export function notCollected(invoice: InvoiceFact | null): Refusal | null {
  if (!invoice) return { reason: 'INVOICE_GONE', message: 'The invoice does not exist any more.' };
  if (CLOSED_STATUSES.includes(invoice.status)) {
    return { reason: `INVOICE_${invoice.status}`, message: `The invoice is ${invoice.status}: nothing is collected.` };
  }
  if (COLLECTED_TYPES.includes(invoice.type)) return null;
  return { reason: 'NOTHING_TO_COLLECT', message: `A ${invoice.type} invoice is not collected.` };
}

export function nothingOpen({ openAmount }: InvoiceFact): Refusal | null {
  if (openAmount !== null && decimal(openAmount).greaterThan(0)) return null;
  return { reason: 'INVOICE_PAID', message: 'Nothing is open on the invoice any more.' };
}
