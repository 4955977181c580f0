import { type Database } from '#database/database';
import { sql } from '#database/statement';
import { journalOfEnds } from './execution-ends.js';

/**
 * Takes back what dead workers held. Before the gate nothing had left: the execution is due again. After it nobody knows:
 * it becomes UNKNOWN, keeping its token, so that the late answer of a slow worker may still settle it (rule 6).
 */
export async function recoverLostLeases(database: Database): Promise<{ released: number; unknown: number }> {
  return database.transaction(async (tx) => {
    const released = await tx.$executeRaw`
      UPDATE workflow_action_execution
         SET state = 'PENDING', next_attempt_at = clock_timestamp(), lease_until = NULL, released_until = NULL
       WHERE (platform_id, id) IN (
         SELECT platform_id, id FROM workflow_action_execution
          WHERE state IN ('CLAIMED', 'PREPARED') AND lease_until < clock_timestamp() LIMIT 500 FOR NO KEY UPDATE SKIP LOCKED)`;
    const unknown = await tx.$executeRaw`
      WITH lost AS (
        UPDATE workflow_action_execution
           SET state = 'UNKNOWN', reason = 'WORKER_LOST', lease_until = NULL, finished_at = clock_timestamp(),
               attempt_count = attempt_count + 1,
               reason_message = 'The worker ended after the mail was handed over and before the answer was recorded. It may have been sent: look at the mail server, then settle it.'
         WHERE (platform_id, id) IN (
           SELECT platform_id, id FROM workflow_action_execution
            WHERE state = 'COMMITTING' AND lease_until < clock_timestamp() LIMIT 500 FOR NO KEY UPDATE SKIP LOCKED)
        RETURNING workflow_action_execution.*
      ), ${journalOfEnds(sql`lost`)}
      INSERT INTO delivery_attempt (platform_id, execution_id, token, preparation, outcome, code, message, started_at, ended_at)
      SELECT platform_id, id, token, preparation, 'UNKNOWN', reason, reason_message, claimed_at, clock_timestamp() FROM lost
      ON CONFLICT DO NOTHING`;
    return { released, unknown };
  });
}
