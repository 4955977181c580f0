import { type Database } from '#database/database';
import { type ExecutionKey } from './claim.js';

/**
 * Due executions that nobody has been rung for lately, marked as rung for the next `ringMs`: at most `perPlatform` of each
 * platform and `limit` in all, so that no platform waits behind another's flood and the queue's own order cannot undo that.
 */
export async function releaseDue(
  database: Database,
  options: { limit: number; perPlatform: number; ringMs: number },
): Promise<ExecutionKey[]> {
  return database.client.$queryRaw<ExecutionKey[]>`
    UPDATE workflow_action_execution e
       SET released_until = clock_timestamp() + ${options.ringMs}::int * interval '1 millisecond',
           released_at = coalesce(e.released_at, clock_timestamp())
      FROM (
        SELECT due.platform_id, due.id
          FROM platform p
         CROSS JOIN LATERAL (
           SELECT x.platform_id, x.id, x.next_attempt_at
             FROM workflow_action_execution x
            WHERE x.platform_id = p.id AND x.state = 'PENDING' AND x.next_attempt_at <= clock_timestamp()
              AND (x.released_until IS NULL OR x.released_until < clock_timestamp())
            ORDER BY x.next_attempt_at
            LIMIT ${options.perPlatform}::int
              FOR NO KEY UPDATE SKIP LOCKED
         ) AS due
         LIMIT ${options.limit}::int
      ) AS chosen
     WHERE e.platform_id = chosen.platform_id AND e.id = chosen.id
    RETURNING e.platform_id AS "platformId", e.id AS "executionId"`;
}
