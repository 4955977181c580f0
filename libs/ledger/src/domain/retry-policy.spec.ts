import fc from 'fast-check';
import { PermanentFailure, Throttled, TransientFailure, UnknownOutcome } from '#kernel/failures';
import { type Outcome } from './execution-state.js';
import { afterFailure, type RetryPolicy } from './retry-policy.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const policy: RetryPolicy = { backoffMs: MINUTE, maxMs: 8 * HOUR, maxAttempts: 17 };
const transient = new TransientFailure('MAIL_SERVER_BUSY', 'The mail server is busy.');

const after = (error: Parameters<typeof afterFailure>[0], attempts = 0, random = 0.5): Outcome =>
  afterFailure(error, attempts, policy, random);

/** The wait that follows, in milliseconds; null when there is none. */
function wait(outcome: Outcome): number | null {
  return outcome.state === 'PENDING' ? outcome.delayMs : null;
}

describe('after a failure', () => {
  it('that is permanent nothing is tried again', () => {
    expect(after(new PermanentFailure('RECIPIENT_REFUSED', 'Unknown user.'))).toEqual({
      state: 'FAILED',
      reason: 'RECIPIENT_REFUSED',
      message: 'Unknown user.',
    });
  });

  it('whose outcome is unknown nothing is tried again, however few tries there were', () => {
    expect(after(new UnknownOutcome('CONNECTION_LOST', 'The answer was lost.'))).toEqual({
      state: 'UNKNOWN',
      reason: 'CONNECTION_LOST',
      message: 'The answer was lost.',
    });
  });

  it('that is transient it is tried again, at the cost of an attempt', () => {
    expect(after(transient)).toEqual({
      state: 'PENDING',
      reason: 'MAIL_SERVER_BUSY',
      message: 'The mail server is busy.',
      delayMs: 45_000,
      charge: true,
    });
  });

  it('the wait doubles up to the longest one', () => {
    const waits = [0, 1, 2, 8, 9, 15].map((attempts) => wait(after(transient, attempts, 1)));
    expect(waits).toEqual([MINUTE, 2 * MINUTE, 4 * MINUTE, 256 * MINUTE, 8 * HOUR, 8 * HOUR]);
  });

  it('the last attempt ends FAILED and says how many there were', () => {
    expect(wait(after(transient, 15))).not.toBeNull();
    expect(after(transient, 16)).toEqual({
      state: 'FAILED',
      reason: 'MAIL_SERVER_BUSY',
      message: 'The mail server is busy. Given up after 17 tries.',
    });
  });

  it("with the worker's settings the tries take about 48 hours", () => {
    const waits = Array.from(
      { length: policy.maxAttempts - 1 },
      (_, attempts) => wait(after(transient, attempts)) ?? NaN,
    );
    const hours = waits.reduce((sum, each) => sum + each, 0) / HOUR;
    expect(Math.round(hours)).toBeGreaterThanOrEqual(46);
    expect(Math.round(hours)).toBeLessThanOrEqual(50);
  });
});

describe('after being asked for patience', () => {
  const throttled = (retryAfterMs: number | null) => new Throttled('RATE_LIMITED', 'Too many.', retryAfterMs);

  it('it waits as long as it was asked to and costs no attempt', () => {
    expect(after(throttled(90_000), 16)).toMatchObject({ state: 'PENDING', delayMs: 90_000, charge: false });
  });

  it('it waits the first wait when nobody said how long', () => {
    expect(after(throttled(null), 16)).toMatchObject({ delayMs: 45_000 });
  });

  it('it waits no longer than the longest wait', () => {
    expect(wait(after(throttled(7 * 24 * HOUR)))).toBe(8 * HOUR);
  });
});

describe('the spread of waits', () => {
  it('covers the upper half of each wait', () => {
    const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 15 }), random, (attempts, chance) => {
        const full = Math.min(MINUTE * 2 ** attempts, policy.maxMs);
        const delay = wait(after(transient, attempts, chance))!;
        expect(delay).toBeGreaterThanOrEqual(full / 2);
        expect(delay).toBeLessThanOrEqual(full);
      }),
    );
  });
});
