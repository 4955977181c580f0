import { DateTime, IANAZone } from 'luxon';
import { type Period } from './period.js';

/** Whether both `Intl` and we can do calendar arithmetic in this zone. Offsets such as `UTC+2` are refused: they mean
 * opposite things in different places. */
export function isTimeZone(zone: string): boolean {
  if (known.has(zone)) return true;
  const is = /^[A-Za-z]/.test(zone) && !/^(UTC|GMT)[+-]/i.test(zone) && IANAZone.isValidZone(zone);
  if (is && known.size < MOST_KNOWN) known.add(zone);
  return is;
}

/** To ask `Intl` takes as long as printing a line of an invoice, and each mail asks for the same few. */
const known = new Set<string>();
const MOST_KNOWN = 1_000;

/** The first of the candidates that is a zone; `UTC` when none is (e.35: invoice → customer → platform → UTC). */
export function firstZone(...candidates: (string | null | undefined)[]): string {
  return candidates.find((zone) => zone != null && isTimeZone(zone)) ?? 'UTC';
}

/**
 * The instant that lies `period` after (`direction` 1) or before (-1) `anchor`, by the calendar of `zone`: the wall clock
 * stays, a month after 31 January is the last of February, a wall time that does not exist moves forward.
 */
export function addPeriod(anchor: Date, period: Period, direction: 1 | -1, zone: string): Date {
  const unit = ({ DAY: 'days', WEEK: 'weeks', MONTH: 'months', YEAR: 'years' } as const)[period.type];
  return DateTime.fromJSDate(anchor, { zone })
    .plus({ [unit]: period.value * direction })
    .toJSDate();
}

/** Whole calendar days from one instant to the next in `zone`, negative when `to` is earlier. */
export function calendarDays(from: Date, to: Date, zone: string): number {
  const day = (instant: Date) => {
    const [year = 0, month = 1, date = 1] = calendarOf(zone).format(instant).split('-').map(Number);
    // As midnight UTC each day of the calendar is as long as any other; Date.UTC would take the year 26 for 1926.
    return new Date(0).setUTCFullYear(year, month - 1, date) / DAY_MS;
  };
  return day(to) - day(from);
}

const DAY_MS = 86_400_000;
const calendars = new Map<string, Intl.DateTimeFormat>();

function calendarOf(zone: string): Intl.DateTimeFormat {
  const kept = calendars.get(zone);
  if (kept) return kept;
  // Of the locales that `Intl` has everywhere, Swedish is the one that writes year-month-day.
  const calendar = new Intl.DateTimeFormat('sv-SE', { timeZone: zone });
  if (calendars.size < MOST_KNOWN) calendars.set(zone, calendar);
  return calendar;
}

/** How the contract writes instants: UTC, whole seconds, `2026-02-01T00:00:00Z`. */
export function toWireTime(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}
