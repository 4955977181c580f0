import { type Transaction } from '#database/database';
import { type Outcome } from '../domain/execution-state.js';
import { type ClaimedExecution } from './claim.js';

/** What the other side said when it was accepted. */
export interface Acceptance {
  providerMessageId: string | null;
  response: string;
  refused: { address: string; response: string }[];
  /** Milliseconds after the gate at which the answer came, by the worker's stopwatch; for people only. */
  afterGateMs: number;
}

/**
 * Writes how a try ended and its delivery attempt, while the execution is still ours: our token is its newest and it has not
 * ended yet. After the gate a lease that ran out does not matter, so that a late 250 settles what was UNKNOWN.
 *
 * @returns false when another has taken it over: then it is his to settle.
 */
export async function settle(
  tx: Transaction,
  execution: ClaimedExecution,
  outcome: Outcome,
  acceptance: Acceptance | null = null,
): Promise<boolean> {
  const { waits, delayMs, reason, message } = ending(outcome);
  const rows = await tx.$queryRaw<unknown[]>`
    WITH settled AS (
      UPDATE workflow_action_execution
         SET state = CASE WHEN ${waits}::boolean AND next_at.at > not_after THEN 'FAILED' ELSE ${outcome.state} END,
             reason = ${reason}, reason_message = ${message}, lease_until = NULL, released_until = NULL,
             next_attempt_at = CASE WHEN ${waits}::boolean AND next_at.at <= not_after THEN next_at.at END,
             attempt_count = attempt_count + ${chargedAttempts(outcome)}::int,
             accepted_at = CASE WHEN ${acceptance !== null}::boolean
                                THEN gate_at + ${acceptance?.afterGateMs ?? 0}::float8 * interval '1 millisecond' ELSE accepted_at END,
             provider_message_id = coalesce(${acceptance?.providerMessageId ?? null}, provider_message_id),
             recipients = CASE WHEN ${acceptance !== null}::boolean
                               THEN coalesce(recipients, '{}') || ${JSON.stringify({ refused: acceptance?.refused ?? [] })}::jsonb
                               ELSE recipients END,
             finished_at = CASE WHEN ${waits}::boolean AND next_at.at <= not_after THEN NULL ELSE clock_timestamp() END
        FROM (SELECT clock_timestamp() + ${delayMs}::float8 * interval '1 millisecond' AS at) AS next_at
       WHERE platform_id = ${execution.platformId} AND id = ${execution.id} AND token = ${execution.token}
         AND state IN ('CLAIMED', 'PREPARED', 'COMMITTING', 'UNKNOWN')
      RETURNING platform_id, id, token, preparation, claimed_at
    )
    INSERT INTO delivery_attempt (platform_id, execution_id, token, preparation, outcome, code, message, started_at, ended_at)
    SELECT platform_id, id, token, preparation, ${attemptOutcome(outcome)}, ${reason},
           ${acceptance?.response ?? message}, claimed_at, clock_timestamp() FROM settled
    ON CONFLICT (platform_id, execution_id, token) DO UPDATE
       SET outcome = excluded.outcome, code = excluded.code, message = excluded.message, ended_at = excluded.ended_at
    RETURNING 1`;
  return rows.length > 0;
}

function ending(outcome: Outcome) {
  const { reason, message } = outcome.state === 'SUCCEEDED' ? { reason: null, message: null } : outcome;
  const waits = outcome.state === 'PENDING';
  return { waits, delayMs: waits ? outcome.delayMs : 0, reason, message };
}

function chargedAttempts(outcome: Outcome): number {
  if (outcome.state === 'PENDING') return outcome.charge ? 1 : 0;
  return outcome.state === 'SKIPPED' ? 0 : 1;
}

function attemptOutcome(outcome: Outcome): string {
  return outcome.state === 'PENDING' ? 'RETRY' : outcome.state;
}
