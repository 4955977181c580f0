import { type InvoiceChange } from '#billing/invoices/write-invoice';
import { zonesOf } from '#billing/zones';
import { type Transaction } from '#database/database';
import { recordConsequences } from './record-consequences.js';
import { readInvoiceState } from './timed-resources.js';

/** ② and ③ for an invoice that was just written: nothing when the write changed nothing. */
export async function recordInvoiceConsequences(
  tx: Transaction,
  { before, after, changed, at }: InvoiceChange,
  options: { starts: boolean },
): Promise<void> {
  if (!changed) return;
  const states = { before: before && (await readInvoiceState(tx, before)), after: await readInvoiceState(tx, after) };
  const change = { type: 'INVOICE', ...states, at } as const;
  await recordConsequences(tx, change, await zonesOf(tx, after.platformId, after.customerId), options);
}
