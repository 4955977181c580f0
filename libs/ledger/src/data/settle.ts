import { nothing, sql, type Statement } from '#database/statement';
import { type Outcome } from '../domain/execution-state.js';
import { type ClaimedExecution } from './claim.js';
import { journalOfEnds } from './execution-ends.js';

/** What the other side said when it was accepted. */
export interface Acceptance {
  providerMessageId: string | null;
  response: string;
  refused: { address: string; response: string }[];
  /** Milliseconds after the gate at which the answer came, by the worker's stopwatch; for people only. */
  afterGateMs: number;
}

/**
 * Writes how a try ended, its delivery attempt and, where it is the end, what webhooks and audit are told, while the execution is
 * still ours: our token is its newest and it has not ended yet. After the gate a lease that ran out does not matter, so that a
 * late 250 settles what was UNKNOWN. A try that would come again after `not_after` is the last one.
 *
 * One row, or none when another has taken it over: then it is his to settle.
 */
export function settle(execution: ClaimedExecution, outcome: Outcome, acceptance: Acceptance | null = null): Statement {
  const { state, reason, message } = { reason: null, message: null, ...outcome };
  const delayMs = outcome.state === 'PENDING' ? outcome.delayMs : null;
  return sql`
    WITH settled AS (
      UPDATE workflow_action_execution
         SET state = CASE WHEN ${TOO_LATE} THEN 'FAILED' ELSE ${state} END, reason = ${reason},
             reason_message = ${message} || CASE WHEN ${TOO_LATE} THEN ${GIVEN_UP} ELSE '' END,
             lease_until = NULL, released_until = NULL,
             next_attempt_at = CASE WHEN NOT ${TOO_LATE} THEN next_try.at END,
             attempt_count = attempt_count + CASE WHEN state = 'UNKNOWN' THEN 0 ELSE ${chargedAttempts(outcome)}::int END,
             ${acceptanceColumns(acceptance)}
             finished_at = CASE WHEN next_try.at IS NULL OR ${TOO_LATE} THEN clock_timestamp() END
        FROM (SELECT clock_timestamp() + ${delayMs}::float8 * interval '1 millisecond' AS at) AS next_try
       WHERE platform_id = ${execution.platformId} AND id = ${execution.id} AND token = ${execution.token}
         AND state IN ('CLAIMED', 'PREPARED', 'COMMITTING', 'UNKNOWN')
      RETURNING workflow_action_execution.*
    ), ${journalOfEnds(sql`settled`)}
    INSERT INTO delivery_attempt (platform_id, execution_id, token, preparation, outcome, code, message, started_at, ended_at)
    SELECT platform_id, id, token, preparation, CASE state WHEN 'PENDING' THEN 'RETRY' ELSE state END, ${reason},
           ${acceptance?.response ?? message}, claimed_at, clock_timestamp() FROM settled
    ON CONFLICT (platform_id, execution_id, token) DO UPDATE
       SET outcome = excluded.outcome, code = excluded.code, message = excluded.message, ended_at = excluded.ended_at
    RETURNING 1`;
}

/** False where there is no next try. */
const TOO_LATE = sql`coalesce(next_try.at > not_after, false)`;
const GIVEN_UP = ' Given up: the next try would come too late.';

function acceptanceColumns(acceptance: Acceptance | null): Statement {
  if (!acceptance) return nothing;
  const { afterGateMs, providerMessageId, refused } = acceptance;
  return sql`
    accepted_at = gate_at + ${afterGateMs}::float8 * interval '1 millisecond',
    provider_message_id = coalesce(${providerMessageId}, provider_message_id),
    recipients = coalesce(recipients, '{}') || ${JSON.stringify({ refused })}::jsonb,`;
}

/** An UNKNOWN one was charged when it became that. */
function chargedAttempts(outcome: Outcome): number {
  if (outcome.state === 'PENDING') return outcome.charge ? 1 : 0;
  return outcome.state === 'SKIPPED' ? 0 : 1;
}
