import { type Transaction } from '#database/database';
import { type CadenceState } from '../domain/cadence.js';
import { type TimedType } from '../variants/workflow-variant.js';

export interface CadenceKey {
  platformId: string;
  workflowId: string;
  resourceType: TimedType;
  /** The invoice's; of a trial, its schedule's. */
  resourceId: string;
}

export interface StoredCadence extends CadenceState, CadenceKey {
  customerId: string | null;
}

/** The cadences of a resource, locked. The caller has locked the resource before (rule 5). */
export async function lockCadencesOf(
  tx: Transaction,
  platformId: string,
  resourceId: string,
): Promise<StoredCadence[]> {
  return tx.$queryRaw<StoredCadence[]>`
    SELECT platform_id AS "platformId", workflow_id AS "workflowId", resource_type AS "resourceType", resource_id AS "resourceId",
           customer_id AS "customerId", anchor_at AS "anchorAt", zone, since, done, next_step AS "nextStep", next_at AS "nextAt", state
      FROM cadence
     WHERE platform_id = ${platformId} AND resource_id = ${resourceId}
     ORDER BY workflow_id
       FOR NO KEY UPDATE`;
}

/** Writes where a cadence stands; makes it when there is none. */
export async function saveCadence(
  tx: Transaction,
  key: CadenceKey & { customerId: string | null },
  state: CadenceState,
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO cadence (platform_id, workflow_id, resource_id, resource_type, customer_id, anchor_at, zone, since, done,
                         next_step, next_at, state)
    VALUES (${key.platformId}, ${key.workflowId}, ${key.resourceId}, ${key.resourceType}, ${key.customerId}, ${state.anchorAt}::timestamptz,
            ${state.zone}, ${state.since}::timestamptz, ${state.done}, ${state.nextStep}, ${state.nextAt}::timestamptz, ${state.state})
    ON CONFLICT (platform_id, workflow_id, resource_id) DO UPDATE
       SET customer_id = excluded.customer_id, anchor_at = excluded.anchor_at, zone = excluded.zone, since = excluded.since,
           done = excluded.done, next_step = excluded.next_step, next_at = excluded.next_at, state = excluded.state,
           updated_at = clock_timestamp()`;
}

/**
 * Makes the clock look at the running cadences of a customer's invoices and trials now, because something that their calendars are
 * counted by has changed: it counts them anew, and nothing fires that is not due by then. The caller has locked the customer
 * and, if at all, no more than one of these: two that hold one each would wait for each other.
 */
export async function lookAgain(tx: Transaction, platformId: string, customerId: string): Promise<void> {
  await tx.$executeRaw`
    WITH counted AS (
      SELECT workflow_id, resource_id FROM cadence
       WHERE platform_id = ${platformId} AND state = 'RUNNING'
         AND resource_id IN (
               SELECT id FROM invoice WHERE platform_id = ${platformId} AND customer_id = ${customerId}
               UNION ALL
               SELECT s.id FROM pricing_plan_subscription p
                 JOIN pricing_plan_schedule s ON s.platform_id = p.platform_id AND s.subscription_id = p.id
                WHERE p.platform_id = ${platformId} AND p.customer_id = ${customerId})
       ORDER BY resource_id, workflow_id
         FOR NO KEY UPDATE
    )
    UPDATE cadence c SET next_at = least(c.next_at, clock_timestamp())
      FROM counted
     WHERE c.platform_id = ${platformId} AND c.workflow_id = counted.workflow_id AND c.resource_id = counted.resource_id`;
}

/**
 * Cadences whose instant has come, the longest waiting first. Locks nothing (rule 5). With `now()` the index is read up to
 * this instant; `clock_timestamp()` may change from row to row, so that all running cadences would be read at every tick.
 */
export async function dueCadences(tx: Transaction, limit: number): Promise<CadenceKey[]> {
  return tx.$queryRaw<CadenceKey[]>`
    SELECT platform_id AS "platformId", workflow_id AS "workflowId", resource_type AS "resourceType",
           resource_id AS "resourceId"
      FROM cadence
     WHERE state = 'RUNNING' AND next_at <= now()
     ORDER BY next_at
     LIMIT ${limit}`;
}
