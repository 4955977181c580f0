import { invoiceState } from '#billing/invoices/invoice.repository';
import { type InvoiceChange } from '#billing/invoices/write-invoice';
import { zonesOf } from '#billing/zones';
import { type Transaction } from '#database/database';
import { recordConsequences } from './record-consequences.js';

/** ② and ③ for an invoice that was just written: nothing when the write changed nothing. */
export async function recordInvoiceConsequences(
  tx: Transaction,
  { before, after, changed, at }: InvoiceChange,
  options: { starts: boolean },
): Promise<void> {
  if (!changed) return;
  const change = { type: 'INVOICE', before: before && invoiceState(before), after: invoiceState(after), at } as const;
  await recordConsequences(tx, change, await zonesOf(tx, after.platformId, after.customerId), options);
}
