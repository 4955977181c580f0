import { isDeepStrictEqual } from 'node:util';
import { DomainError } from '#kernel/errors';
import { contentOf, type InvoiceDocument } from './invoice-document.js';

const ORDER: Record<string, readonly string[]> = {
  OPEN: ['DRAFT', 'FINAL', 'VOID'],
  DRAFT: ['FINAL', 'VOID', 'ARCHIVED'],
  FINAL: ['ARCHIVED', 'VOID'],
  ARCHIVED: [],
  VOID: [],
};

/** The statuses that an invoice can have; the reference has no enum, these are the ones it is known by (d.3). */
export const INVOICE_STATUSES = Object.keys(ORDER);

/** OPEN → DRAFT → FINAL → ARCHIVED, never back; VOID from anywhere but ARCHIVED. @throws DomainError */
export function checkInvoiceStatus(from: string | null, to: string): void {
  if (!Object.hasOwn(ORDER, to)) {
    throw DomainError.invalidField('status', `status must be one of ${INVOICE_STATUSES.join(', ')}.`);
  }
  if (from === null || from === to || ORDER[from]?.includes(to)) return;
  const next = ORDER[from] ?? [];
  const allowed = next.length > 0 ? `It can become ${next.join(', ')}.` : `${from} is final.`;
  throw DomainError.invalidOperation(`The invoice is ${from} and cannot become ${to}. ${allowed}`, { field: 'status' });
}

/** The first field of the document's content in which two versions differ; null when they say the same. */
export function changedContent(before: InvoiceDocument, after: InvoiceDocument): string | null {
  const [was, is] = [contentOf(before), contentOf(after)];
  const fields = new Set([...Object.keys(was), ...Object.keys(is)]);
  return [...fields].find((field) => !isDeepStrictEqual(was[field], is[field])) ?? null;
}

/** A document that became FINAL is unchangeable once anybody has seen it, also when it is archived later (d.3, e.80). */
export function refuseContentChange(field: string): DomainError {
  return DomainError.invalidOperation(
    `The invoice became FINAL and has been mailed or downloaded: its ${field} cannot change any more. Correct it with a credit invoice.`,
    { field },
  );
}
