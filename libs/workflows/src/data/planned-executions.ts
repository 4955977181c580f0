import { Prisma, type Transaction } from '#database/database';
import { sql } from '#database/statement';
import { journalOfEnds } from '#ledger/data/execution-ends';
import { type TimedType } from '../variants/workflow-variant.js';
import { type CadenceKey } from './cadence.repository.js';

/** Why a planned step ends unsent when its anchor has moved; it does not count as sent. */
export const ANCHOR_MOVED = {
  reason: 'ANCHOR_MOVED',
  message: 'The date has moved since this reminder was planned; it is planned anew for the new one.',
};

/**
 * Ends what a cadence planned for another anchor than this one and nobody has released yet; a worker that holds one of them
 * finds at the gate that it is not his any more. The caller holds the resource.
 * @returns the steps that fall due again: none of their mails was sent or may have been.
 */
export async function skipMoved(tx: Transaction, key: CadenceKey, anchorAt: Date): Promise<string[]> {
  const skipped = await tx.$queryRaw<{ step: string }[]>`
    WITH skipped AS (
      UPDATE workflow_action_execution e
         SET state = 'SKIPPED', reason = ${ANCHOR_MOVED.reason}, reason_message = ${ANCHOR_MOVED.message},
             next_attempt_at = NULL, lease_until = NULL, released_until = NULL, finished_at = clock_timestamp()
        FROM workflow_trigger t
       WHERE t.platform_id = ${key.platformId} AND t.workflow_id = ${key.workflowId} AND t.resource_id = ${key.resourceId}
         AND e.platform_id = t.platform_id AND e.trigger_id = t.id
         AND e.state IN ('PENDING', 'CLAIMED', 'PREPARED')
         AND t.type = 'EVENT' AND t.step IS NOT NULL AND t.anchor_at <> ${anchorAt}::timestamptz
      RETURNING e.*, t.step
    ), ${journalOfEnds(sql`skipped`)}
    SELECT step FROM skipped`;
  const again: string[] = [];
  for (const step of new Set(skipped.map(({ step }) => step))) {
    if (!(await mayBeSent(tx, key, step))) again.push(step);
  }
  return again;
}

/** Whether a mail of the step was sent, may have been, or still may be, whatever anchor it was counted from. */
export async function mayBeSent(tx: Transaction, key: CadenceKey, step: string): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM workflow_trigger t
      JOIN workflow_action_execution e ON e.platform_id = t.platform_id AND e.trigger_id = t.id
     WHERE t.platform_id = ${key.platformId} AND t.workflow_id = ${key.workflowId} AND t.resource_id = ${key.resourceId}
       AND t.type = 'EVENT' AND t.step = ${step} AND e.state NOT IN ('FAILED', 'SKIPPED', 'CANCELLED')
     LIMIT 1`;
  return rows.length > 0;
}

/**
 * The anchor came back to where a step had been planned before: what was skipped for its absence is due again. A firing key
 * has one trigger for ever, so that this is the only way in which it fires once more.
 */
export async function reviveMoved(tx: Transaction, platformId: string, firingKey: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE workflow_action_execution e
       SET state = 'PENDING', reason = NULL, reason_message = NULL, finished_at = NULL, next_attempt_at = clock_timestamp()
      FROM workflow_trigger t
     WHERE t.platform_id = ${platformId} AND t.firing_key = ${firingKey}
       AND e.platform_id = t.platform_id AND e.trigger_id = t.id
       AND e.state = 'SKIPPED' AND e.reason = ${ANCHOR_MOVED.reason}`;
}

/** What is still to be mailed about an invoice or trial goes to the customer whom it names now. The caller holds it. */
export async function followCustomer(
  tx: Transaction,
  type: TimedType,
  { platformId, id, customerId }: { platformId: string; id: string; customerId: string | null },
): Promise<void> {
  const about =
    type === 'INVOICE' ? Prisma.sql`invoice_id = ${id} AND payment_id IS NULL` : Prisma.sql`schedule_id = ${id}`;
  await tx.$executeRaw`
    UPDATE workflow_action_execution SET customer_id = ${customerId}
     WHERE platform_id = ${platformId} AND ${about}
       AND state IN ('PENDING', 'CLAIMED', 'PREPARED')`;
}
