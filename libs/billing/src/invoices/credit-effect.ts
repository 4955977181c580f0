import { type Amount, decimal } from '#kernel/amount';
import { isJsonObject } from '../resources/merge-patch.js';
import { type InvoiceDocument, isCredit } from './invoice-document.js';
import { totalOf } from './invoice-amounts.js';

/** What a credit invoice takes off one invoice; null where it names several and does not say how much of each. */
export interface Credit {
  invoiceId: string;
  /** Decimal, positive whatever sign the credit invoice is written with (e.66). */
  size: ReturnType<typeof decimal> | null;
}

/** Which way a write moves the invoices that it credits: 1 when a credit invoice becomes FINAL, -1 when a FINAL one is voided. */
export function creditDirection(
  before: { status: string } | null,
  after: { status: string; type: string },
): 1 | -1 | null {
  if (!isCredit(after.type)) return null;
  const [was, is] = [before?.status ?? null, after.status];
  if (is === 'FINAL' && was !== 'FINAL') return 1;
  return was === 'FINAL' && is === 'VOID' ? -1 : null;
}

/** The invoices that a credit invoice names, by `linked_invoices`, else `credit`, else `linked_invoices_ids`. */
export function creditsOf(document: InvoiceDocument): Credit[] {
  const links = linksOf(document);
  if (links.length > 0 && links.every(({ size }) => size !== null)) return links;
  const [first, ...others] = links.length > 0 ? links.map(({ invoiceId }) => invoiceId) : namesOf(document);
  if (first === undefined) return [];
  if (others.length > 0) return [first, ...others].map((invoiceId) => ({ invoiceId, size: null }));
  const total = totalOf(document);
  return total ? [{ invoiceId: first, size: decimal(total.quantity).abs() }] : [];
}

function linksOf({ linked_invoices: links }: InvoiceDocument): Credit[] {
  if (!Array.isArray(links)) return [];
  return links.filter(isJsonObject).flatMap(({ id, amount }) => {
    if (typeof id !== 'string') return [];
    const { quantity } = (isJsonObject(amount) ? amount : {}) as Partial<Amount>;
    return [{ invoiceId: id, size: quantity === undefined ? null : decimal(quantity).abs() }];
  });
}

function namesOf({ credit, linked_invoices_ids: ids }: InvoiceDocument): string[] {
  const original = isJsonObject(credit) ? credit.original_invoice_id : null;
  if (typeof original === 'string') return [original];
  return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : [];
}
