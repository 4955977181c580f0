import { type Failure, PermanentFailure, Throttled, TransientFailure, UnknownOutcome } from '#kernel/failures';
import { type Outcome } from './execution-state.js';

export interface RetryPolicy {
  /** First wait after a transient failure, in milliseconds. */
  backoffMs: number;
  /** Longest wait, in milliseconds. */
  maxMs: number;
  /** Tries of one mail before it is FAILED. With waits from a minute to 8 hours, 17 tries take about 48 hours. */
  maxAttempts: number;
}

/**
 * What follows from a failed try, by the class of its error (rule 10). The adapter chose the class.
 *
 * @param attempts tries charged before this one.
 * @param random in [0, 1): waits are spread over the upper half of their length, so that a thousand mails that failed
 *   together do not come back together.
 */
export function afterFailure(error: Failure, attempts: number, policy: RetryPolicy, random: number): Outcome {
  const { code: reason, message } = error;
  if (error instanceof UnknownOutcome) return { state: 'UNKNOWN', reason, message };
  if (error instanceof PermanentFailure) return { state: 'FAILED', reason, message };
  if (error instanceof Throttled) {
    const delayMs = Math.min(error.retryAfterMs ?? spread(policy.backoffMs, random), policy.maxMs);
    return { state: 'PENDING', reason, message, delayMs, charge: false };
  }
  if (error instanceof TransientFailure && attempts + 1 < policy.maxAttempts) {
    const delayMs = spread(Math.min(policy.backoffMs * 2 ** attempts, policy.maxMs), random);
    return { state: 'PENDING', reason, message, delayMs, charge: true };
  }
  return { state: 'FAILED', reason, message: `${message} Given up after ${attempts + 1} tries.` };
}

function spread(waitMs: number, random: number): number {
  return Math.round(waitMs * (0.5 + random / 2));
}
