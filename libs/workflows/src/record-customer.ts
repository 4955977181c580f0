import { type CustomerRow } from '#billing/customers/customer';
import { type Recorded } from '#billing/resources/record-resource';
import { type Transaction } from '#database/database';
import { lookAgain } from './data/cadence.repository.js';

/** What follows from a customer that was written, in the transaction of the change. The caller has locked him (rule 5). */
export async function recordCustomerConsequences(
  tx: Transaction,
  { before, row }: Recorded<CustomerRow>,
): Promise<void> {
  if (before && before.timezone !== row.timezone) await recordZoneChange(tx, row.platformId, row.id);
}

/**
 * The cadences of invoices that state no zone of their own are counted anew. The transaction of the change only makes them
 * due for a look, in one statement however many there are; the clock counts.
 */
export async function recordZoneChange(tx: Transaction, platformId: string, customerId: string): Promise<void> {
  await lookAgain(tx, platformId, customerId);
}
