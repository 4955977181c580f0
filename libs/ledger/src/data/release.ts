import { type Database } from '#database/database';
import { sql } from '#database/statement';
import { type ExecutionKey } from './claim.js';

/**
 * Due executions that nobody has been rung for lately, marked as rung for the next `ringMs`: at most `perPlatform` of each
 * platform and `limit` in all. Where there are more, each platform's first come before any platform's second, so that none
 * waits behind the floods of others and the queue's own order cannot undo that. With `now()` the index is read up to this
 * instant, however many wait for a later one; the one statement waits for no lock.
 */
export async function releaseDue(
  database: Database,
  options: { limit: number; perPlatform: number; ringMs: number },
): Promise<ExecutionKey[]> {
  return database.query(sql<ExecutionKey>`
    WITH due AS (
      SELECT first.platform_id, first.id
        FROM platform p
       CROSS JOIN LATERAL (
         SELECT x.platform_id, x.id, x.next_attempt_at, row_number() OVER (ORDER BY x.next_attempt_at) AS rank
           FROM workflow_action_execution x
          WHERE x.platform_id = p.id AND x.state = 'PENDING' AND x.next_attempt_at <= now()
            AND (x.released_until IS NULL OR x.released_until < now())
          ORDER BY x.next_attempt_at
          LIMIT ${options.perPlatform}::int
       ) AS first
       ORDER BY first.rank, first.next_attempt_at
       LIMIT ${options.limit}::int
    ), chosen AS (
      SELECT x.platform_id, x.id
        FROM workflow_action_execution x
        JOIN due USING (platform_id, id)
       WHERE x.state = 'PENDING' AND (x.released_until IS NULL OR x.released_until < now())
         FOR NO KEY UPDATE OF x SKIP LOCKED
    )
    UPDATE workflow_action_execution e
       SET released_until = clock_timestamp() + ${options.ringMs}::int * interval '1 millisecond',
           released_at = coalesce(e.released_at, clock_timestamp())
      FROM chosen
     WHERE e.platform_id = chosen.platform_id AND e.id = chosen.id
    RETURNING e.platform_id AS "platformId", e.id AS "executionId"`);
}
