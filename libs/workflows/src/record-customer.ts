import { type Transaction } from '#database/database';
import { enrol } from './advance-cadence.js';

/**
 * What follows from a customer's new time zone: the cadences of invoices that state no zone of their own are counted anew, in
 * the transaction of the change. The caller holds the platform's shared lock and has locked the customer (rule 5).
 */
export async function recordZoneChange(tx: Transaction, platformId: string, customerId: string): Promise<void> {
  const cadences = await tx.cadence.findMany({
    where: { platformId, customerId, state: 'RUNNING' },
    select: { workflowId: true, resourceId: true },
    orderBy: [{ resourceId: 'asc' }, { workflowId: 'asc' }],
  });
  for (const { workflowId, resourceId } of cadences) await enrol(tx, { platformId, workflowId, resourceId });
}
