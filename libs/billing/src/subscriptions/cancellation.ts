import { DomainError } from '#kernel/errors';
import { addPeriod, toWireTime } from '#kernel/local-time';
import { type Period } from '#kernel/period';
import { isJsonObject, type JsonObject, textOf } from '../resources/merge-patch.js';

export const CANCEL_TYPES = ['NOW', 'NEXT_BILLING_PERIOD', 'AFTER_INITIAL_TERM', 'DATE', 'UNDO'] as const;

export interface Cancellation {
  type: (typeof CANCEL_TYPES)[number];
  /** For DATE: ISO 8601. */
  cancel_at?: string | undefined;
}

/** A cancellation that is not undone. */
interface Ending extends Cancellation {
  type: Exclude<Cancellation['type'], 'UNDO'>;
}

/** Periods are counted in UTC, as the contract writes instants; no billing period is shorter than a day. */
const ZONE = 'UTC';
const MOST_PERIODS = 100_000;

/**
 * A subscription's document after it was cancelled, or after that was undone. What takes effect at once makes it CANCELLED; a
 * later end is a period in `inactive_periods`, which replaces one that was to come.
 *
 * @param startAt the first start of its schedules; null when it has none.
 * @throws DomainError for what the subscription does not say enough about.
 */
export function afterCancellation(
  document: JsonObject,
  startAt: Date | null,
  cancellation: Cancellation,
  now: Date,
): JsonObject {
  if (textOf(document, 'status') === 'CANCELLED') return afterCancelled(document, cancellation);
  const periods = Array.isArray(document.inactive_periods) ? document.inactive_periods.filter(isJsonObject) : [];
  const kept = periods.filter((period) => !isToCome(period, now));
  const { type, ...stated } = cancellation;
  if (type === 'UNDO') {
    if (kept.length === periods.length) {
      throw DomainError.invalidOperation('Nothing is to be undone: no cancellation is still to come.', {
        field: 'type',
      });
    }
    return { ...document, inactive_periods: kept };
  }
  const endsAt = endOf(document, startAt, { ...stated, type }, now);
  const inactive_periods = [...kept, { type: 'CANCEL', start_at: toWireTime(endsAt) }];
  return { ...document, inactive_periods, ...(endsAt <= now ? { status: 'CANCELLED' } : {}) };
}

function afterCancelled(document: JsonObject, { type }: Cancellation): JsonObject {
  if (type === 'NOW') return document;
  throw DomainError.invalidOperation('The subscription is CANCELLED already; make a new one instead.', {
    field: 'type',
  });
}

function isToCome(period: JsonObject, now: Date): boolean {
  const start = textOf(period, 'start_at');
  return period.type === 'CANCEL' && start !== null && new Date(start) > now;
}

function endOf(document: JsonObject, startAt: Date | null, { type, cancel_at }: Ending, now: Date): Date {
  switch (type) {
    case 'DATE':
      if (cancel_at === undefined) throw DomainError.missingField('cancel_at', 'cancel_at is required for type DATE.');
      return new Date(cancel_at);
    case 'NEXT_BILLING_PERIOD':
      return nextBillingPeriod(document, startAt, now);
    case 'AFTER_INITIAL_TERM':
      return afterInitialTerm(document, startAt, now);
    case 'NOW':
      return now;
  }
}

function nextBillingPeriod(document: JsonObject, startAt: Date | null, now: Date): Date {
  const stated = isJsonObject(document.next_invoice) ? textOf(document.next_invoice, 'invoice_date') : null;
  if (stated !== null && new Date(stated) > now) return new Date(stated);
  const period = periodOf(document.billing_period);
  if (!startAt || !period) {
    throw unknown('when its next billing period begins', 'a schedule with start_at, and billing_period');
  }
  return firstAfter(startAt, period, now);
}

/** The end of the initial term, or of the renewal that runs now. */
function afterInitialTerm(document: JsonObject, startAt: Date | null, now: Date): Date {
  const term = periodOf(document.initial_term);
  if (!startAt || !term) throw unknown('when its initial term ends', 'a schedule with start_at, and initial_term');
  const end = addPeriod(startAt, term, 1, ZONE);
  const renewal = periodOf(document.renewal_term);
  return end > now || !renewal ? end : firstAfter(end, renewal, now);
}

function unknown(what: string, needs: string): DomainError {
  return DomainError.invalidOperation(`The subscription does not say ${what}; give it ${needs}, or cancel by DATE.`, {
    field: 'type',
  });
}

/** Counted from the start each time: a month after 31 January is the last of February, two months after it 31 March. */
function firstAfter(start: Date, { type, value }: Period, now: Date): Date {
  for (let n = 0; n < MOST_PERIODS; n += 1) {
    const at = addPeriod(start, { type, value: value * n }, 1, ZONE);
    if (at > now) return at;
  }
  throw unknown('when its next billing period begins', 'a later start');
}

function periodOf(stated: unknown): Period | null {
  if (!isJsonObject(stated) || typeof stated.value !== 'number' || stated.value < 1) return null;
  const type = textOf(stated, 'type');
  return type === null ? null : { type: type as Period['type'], value: stated.value };
}
