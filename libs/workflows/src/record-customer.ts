import { type CustomerRow } from '#billing/customers/customer';
import { type Recorded } from '#billing/resources/record-resource';
import { type Transaction } from '#database/database';
import { enrol } from './advance-cadence.js';

/**
 * What follows from a customer that was written: in a new time zone, the cadences of his invoices are counted anew, in the
 * transaction of the change. The caller holds the platform's shared lock and has locked the customer (rule 5).
 */
export async function recordCustomerConsequences(
  tx: Transaction,
  { before, row }: Recorded<CustomerRow>,
): Promise<void> {
  if (!before || before.timezone === row.timezone) return;
  const { platformId, id: customerId } = row;
  const cadences = await tx.cadence.findMany({
    where: { platformId, customerId, state: 'RUNNING' },
    select: { workflowId: true, resourceId: true },
    orderBy: [{ resourceId: 'asc' }, { workflowId: 'asc' }],
  });
  for (const { workflowId, resourceId } of cadences) await enrol(tx, { platformId, workflowId, resourceId });
}
