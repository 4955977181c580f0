import { type Credit, creditDirection, creditsOf } from '#billing/invoices/credit-effect';
import { moveClosed } from '#billing/invoices/invoice-amounts';
import { isCredit } from '#billing/invoices/invoice-document';
import { type InvoiceRow, lockInvoice } from '#billing/invoices/invoice.repository';
import { type InvoiceChange, writeInvoice } from '#billing/invoices/write-invoice';
import { type Transaction } from '#database/database';
import { decimal } from '#kernel/amount';
import { DomainError } from '#kernel/errors';
import { recordInvoiceConsequences } from './record-invoice.js';

const MOVED = new Set([
  'open_invoice_amount',
  'paid_invoice_amount',
  'closed_invoice_amount',
  'payment_status',
  'paid',
]);

/**
 * A credit invoice that becomes FINAL closes what it credits by its own amount; one that is voided opens it again (e.61, e.66).
 * Invoices that are not on record are passed over: their billing system states what is open when it hands them over.
 *
 * Credit invoices are credited by nothing, so that no two writers wait for each other.
 *
 * @throws DomainError when an invoice that it names is in another currency.
 */
export async function recordCredit(
  tx: Transaction,
  { before, after, changed }: InvoiceChange,
  options: { starts: boolean },
): Promise<void> {
  const direction = changed ? creditDirection(before, after) : null;
  if (direction === null) return;
  const credits = creditsOf(after.document);
  const invoices = await lockCredited(tx, after, credits);
  let left = decimal(after.document.invoice_amount_including_tax?.quantity ?? '0').abs();
  for (const [index, { invoiceId, size: stated }] of credits.entries()) {
    const invoice = invoices.get(invoiceId);
    if (!invoice) continue;
    const isLast = index === credits.length - 1;
    const size = stated ?? (isLast ? left : smaller(left, invoice));
    left = left.minus(size);
    if (!size.isZero()) await close(tx, invoice, size.times(direction), options);
  }
}

async function lockCredited(
  tx: Transaction,
  credit: InvoiceRow,
  credits: readonly Credit[],
): Promise<Map<string, InvoiceRow>> {
  const found = new Map<string, InvoiceRow>();
  for (const id of [...new Set(credits.map(({ invoiceId }) => invoiceId))].sort()) {
    const invoice = await lockInvoice(tx, credit.platformId, id);
    if (!invoice || isCredit(invoice.type)) continue;
    if (invoice.currency && credit.currency && invoice.currency !== credit.currency) {
      throw DomainError.invalidField(
        'billing_currency',
        `The invoice ${id} is in ${invoice.currency}; a credit in ${credit.currency} cannot be counted on it.`,
      );
    }
    found.set(id, invoice);
  }
  return found;
}

/** Of several invoices without amounts of their own each takes what is open on it, the last one what is left. */
function smaller(left: ReturnType<typeof decimal>, { openAmount }: InvoiceRow): ReturnType<typeof decimal> {
  const open = decimal(openAmount?.toFixed() ?? '0');
  if (open.isNegative()) return decimal('0');
  return open.lessThan(left) ? open : left;
}

async function close(
  tx: Transaction,
  invoice: InvoiceRow,
  delta: ReturnType<typeof decimal>,
  options: { starts: boolean },
): Promise<void> {
  const change = await writeInvoice(tx, invoice, {
    platformId: invoice.platformId,
    id: invoice.id,
    document: moveClosed(invoice.document, delta),
    stated: MOVED,
    sourceSha256: null,
  });
  await recordInvoiceConsequences(tx, change, options);
}
