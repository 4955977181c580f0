import { afterCancellation } from './cancellation.js';

const START = new Date('2026-01-31T00:00:00Z');
const NOW = new Date('2026-03-15T12:00:00Z');
const terms = {
  status: 'ACTIVE',
  billing_period: { type: 'MONTH', value: 1 },
  initial_term: { type: 'YEAR', value: 1 },
  renewal_term: { type: 'MONTH', value: 6 },
};
const endOf = (document: object) =>
  (document as { inactive_periods: { start_at: string }[] }).inactive_periods.at(-1)!.start_at;

describe('a cancellation', () => {
  it('for the next billing period counts months from the start, by the calendar', () => {
    expect(endOf(afterCancellation(terms, START, { type: 'NEXT_BILLING_PERIOD' }, NOW))).toBe('2026-03-31T00:00:00Z');
  });

  it('for the next billing period takes the date of the next invoice when that is known', () => {
    const document = { ...terms, next_invoice: { invoice_date: '2026-04-02T00:00:00Z' } };
    expect(endOf(afterCancellation(document, START, { type: 'NEXT_BILLING_PERIOD' }, NOW))).toBe(
      '2026-04-02T00:00:00Z',
    );
  });

  it('after the initial term takes effect at its end, later at the end of the renewal that runs', () => {
    expect(endOf(afterCancellation(terms, START, { type: 'AFTER_INITIAL_TERM' }, NOW))).toBe('2027-01-31T00:00:00Z');
    const later = new Date('2027-02-01T00:00:00Z');
    expect(endOf(afterCancellation(terms, START, { type: 'AFTER_INITIAL_TERM' }, later))).toBe('2027-07-31T00:00:00Z');
  });

  it('for a date that has passed is one for now', () => {
    const cancelled = afterCancellation(terms, START, { type: 'DATE', cancel_at: '2026-03-01T00:00:00Z' }, NOW);
    expect(cancelled).toMatchObject({ status: 'CANCELLED' });
  });

  it('replaces one that is still to come', () => {
    const once = afterCancellation(terms, START, { type: 'NEXT_BILLING_PERIOD' }, NOW);
    const twice = afterCancellation(once, START, { type: 'AFTER_INITIAL_TERM' }, NOW);
    expect(twice.inactive_periods).toEqual([{ type: 'CANCEL', start_at: '2027-01-31T00:00:00Z' }]);
  });

  it('is refused where the subscription does not say when', () => {
    expect(() => afterCancellation({ status: 'ACTIVE' }, START, { type: 'NEXT_BILLING_PERIOD' }, NOW)).toThrow(
      'cancel by DATE',
    );
  });
});
