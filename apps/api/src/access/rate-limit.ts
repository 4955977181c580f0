import { DomainError } from '#kernel/errors';

/** Callers whose buckets are kept; when there are more, all start anew. */
const REMEMBER_CALLERS = 10_000;

interface Bucket {
  tokens: number;
  /** When `tokens` was right, in milliseconds of a clock that only goes forward. */
  at: number;
}

/**
 * How many requests a caller may make in a minute, in this process. A caller may spend a minute's worth at once, and then gets
 * them back evenly.
 */
export class RateLimit {
  private readonly buckets = new Map<string, Bucket>();

  /** @param perMinute 0 for no limit. */
  constructor(private readonly perMinute: number) {}

  /**
   * Counts a request.
   * @param now milliseconds of a clock that only goes forward.
   * @throws DomainError UNABLE_TO_PROCESS_INSTRUCTIONS that says how long to wait (e.15).
   */
  take(callerId: string, now: number): void {
    if (this.perMinute === 0) return;
    const perMs = this.perMinute / 60_000;
    const bucket = this.buckets.get(callerId) ?? this.open(callerId, now);
    bucket.tokens = Math.min(this.perMinute, bucket.tokens + (now - bucket.at) * perMs);
    bucket.at = now;
    if (bucket.tokens < 1) {
      const wait = Math.ceil((1 - bucket.tokens) / perMs / 1000);
      throw tooManyRequests(`More than ${this.perMinute} requests in a minute; slow down.`, wait);
    }
    bucket.tokens -= 1;
  }

  private open(callerId: string, now: number): Bucket {
    if (this.buckets.size >= REMEMBER_CALLERS) this.buckets.clear();
    const bucket = { tokens: this.perMinute, at: now };
    this.buckets.set(callerId, bucket);
    return bucket;
  }
}

/** @param retryAfter seconds to wait. */
export function tooManyRequests(message: string, retryAfter: number): DomainError {
  return new DomainError('UNABLE_TO_PROCESS_INSTRUCTIONS', message, { retryAfter });
}
