import { sql, type Statement } from '#database/statement';
import { type ClaimedExecution } from './claim.js';

/**
 * Gives a held execution back before anything left: due again after `delayMs`, no attempt charged. Does nothing when it is
 * not ours any more.
 */
export function giveBack(execution: ClaimedExecution, delayMs: number): Statement {
  return sql`
    UPDATE workflow_action_execution
       SET state = 'PENDING', lease_until = NULL, released_until = NULL,
           next_attempt_at = clock_timestamp() + ${delayMs}::float8 * interval '1 millisecond'
     WHERE platform_id = ${execution.platformId} AND id = ${execution.id} AND token = ${execution.token}
       AND state IN ('CLAIMED', 'PREPARED')`;
}
