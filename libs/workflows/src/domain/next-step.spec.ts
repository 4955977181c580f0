import fc from 'fast-check';
import { addPeriod } from '#kernel/local-time';
import { type Period, periodKey } from '#kernel/period';
import { MAX_LATE_MS, nextStep, type StepPlan } from './next-step.js';

const HOUR = 3_600_000;
const AMSTERDAM = 'Europe/Amsterdam';
const LONG_AGO = new Date('2000-01-01T00:00:00Z');
const utc = (text: string) => new Date(`${text}Z`);
const days = (...values: number[]): Period[] => values.map((value) => ({ type: 'DAY', value }));

function plan(anchor: Date, periods: Period[], overrides: Partial<StepPlan> & { since?: Date } = {}): StepPlan {
  const { since = LONG_AGO, ...rest } = overrides;
  const steps = periods.map((period) => ({ period, since }));
  return { anchor, zone: 'UTC', side: 'AFTER_ANCHOR', steps, ...rest };
}

/** When each step falls due, as the plan is run from the beginning of time. */
function calendar(of: StepPlan): string[] {
  const instants: string[] = [];
  const done = new Set<string>();
  for (let { next } = nextStep(of, done, new Date(0)); next; { next } = nextStep(of, done, new Date(0))) {
    instants.push(next.dueAt.toISOString());
    done.add(next.key);
  }
  return instants;
}

const keys = (steps: { key: string }[]) => steps.map(({ key }) => key);

describe('the instants of steps', () => {
  it('keep the wall clock over the end of daylight saving', () => {
    // Midnight in Amsterdam is 22:00Z in summer and 23:00Z in winter.
    const due = utc('2026-10-19T22:00:00');
    expect(calendar(plan(due, days(7), { zone: AMSTERDAM }))).toEqual(['2026-10-26T23:00:00.000Z']);
    expect(calendar(plan(due, days(7), { zone: 'UTC' }))).toEqual(['2026-10-26T22:00:00.000Z']);
  });

  it('move a wall time that does not exist forward', () => {
    const due = utc('2026-03-28T01:30:00');
    expect(calendar(plan(due, days(1), { zone: AMSTERDAM }))).toEqual(['2026-03-29T01:30:00.000Z']);
  });

  it.each([
    ['the last of February', '2026-01-31T12:00:00', { type: 'MONTH', value: 1 }, '2026-02-28T12:00:00.000Z'],
    ['29 February of a leap year', '2028-01-31T12:00:00', { type: 'MONTH', value: 1 }, '2028-02-29T12:00:00.000Z'],
    ['28 February after 29 February', '2028-02-29T12:00:00', { type: 'YEAR', value: 1 }, '2029-02-28T12:00:00.000Z'],
    ['the same day two months on', '2026-01-31T12:00:00', { type: 'MONTH', value: 2 }, '2026-03-31T12:00:00.000Z'],
  ] as [string, string, Period, string][])('end on %s', (_day, due, period, expected) => {
    expect(calendar(plan(utc(due), [period]))).toEqual([expected]);
  });

  it('are counted in the zone of the reader, where the month may be another one', () => {
    // 30 January 23:30 UTC is the 31st in Amsterdam.
    const due = utc('2026-01-30T23:30:00');
    const month: Period[] = [{ type: 'MONTH', value: 1 }];
    expect(calendar(plan(due, month, { zone: AMSTERDAM }))).toEqual(['2026-02-27T23:30:00.000Z']);
    expect(calendar(plan(due, month, { zone: 'UTC' }))).toEqual(['2026-02-28T23:30:00.000Z']);
  });

  it('lie before the anchor for reminders of what is to come', () => {
    const charged = plan(utc('2026-03-31T10:00:00'), [...days(3), { type: 'MONTH', value: 1 }], {
      side: 'BEFORE_ANCHOR',
    });
    expect(calendar(charged)).toEqual(['2026-02-28T10:00:00.000Z', '2026-03-28T10:00:00.000Z']);
  });

  it('include the anchor itself for a period of none', () => {
    expect(calendar(plan(utc('2026-03-31T10:00:00'), days(0)))).toEqual(['2026-03-31T10:00:00.000Z']);
  });
});

describe('a step', () => {
  const due = utc('2026-06-01T00:00:00');

  it('is one however its period is written', () => {
    const weekly = plan(due, [{ type: 'WEEK', value: 1 }]);
    expect(nextStep(weekly, new Set(['7 DAY']), utc('2026-06-09T00:00:00'))).toEqual({
      fire: null,
      missed: [],
      next: null,
    });
    expect(periodKey({ type: 'YEAR', value: 1 })).toBe(periodKey({ type: 'MONTH', value: 12 }));
  });

  it('looks at no instant before its own since', () => {
    const steps = [
      { period: { type: 'DAY', value: 7 }, since: utc('2026-06-08T00:00:00.001') },
      { period: { type: 'DAY', value: 15 }, since: utc('2026-06-16T00:00:00') },
    ] as const;
    const { fire, missed, next } = nextStep(plan(due, [], { steps }), new Set(), utc('2026-06-16T00:00:00'));
    expect([fire?.key, missed, next]).toEqual(['15 DAY', [], null]);
  });

  it('falls due at its instant, not a millisecond before', () => {
    const one = plan(due, days(7));
    expect(nextStep(one, new Set(), utc('2026-06-07T23:59:59.999')).fire).toBeNull();
    expect(nextStep(one, new Set(), utc('2026-06-08T00:00:00')).fire?.key).toBe('7 DAY');
  });

  it('is sent when it is 72 hours late, and missed a millisecond later', () => {
    const one = plan(due, days(7));
    const latest = utc('2026-06-08T00:00:00').getTime() + 72 * HOUR;
    expect(nextStep(one, new Set(), new Date(latest)).fire?.key).toBe('7 DAY');
    const tooLate = nextStep(one, new Set(), new Date(latest + 1));
    expect([tooLate.fire, keys(tooLate.missed)]).toEqual([null, ['7 DAY']]);
  });
});

describe('after downtime', () => {
  const due = utc('2026-06-01T00:00:00');

  it('only the latest of the steps that fell due is sent', () => {
    const { fire, missed, next } = nextStep(plan(due, days(15, 7, 14, 30)), new Set(), utc('2026-06-16T12:00:00'));
    expect([fire?.key, keys(missed), next?.key]).toEqual(['15 DAY', ['7 DAY', '14 DAY'], '30 DAY']);
  });

  it('of two steps on the same instant one is sent', () => {
    const june = plan(utc('2026-06-01T00:00:00'), [{ type: 'MONTH', value: 1 }, ...days(30)]);
    const { fire, missed } = nextStep(june, new Set(), utc('2026-07-01T00:00:00'));
    expect(fire).not.toBeNull();
    expect(missed).toHaveLength(1);
  });

  it('a step that is done is neither sent nor missed', () => {
    const { fire, missed, next } = nextStep(plan(due, days(7, 15)), new Set(['15 DAY']), utc('2026-06-16T12:00:00'));
    expect([fire, keys(missed), next]).toEqual([null, ['7 DAY'], null]);
  });
});

describe('whatever the plan', () => {
  const period = fc.record({
    type: fc.constantFrom('DAY' as const, 'WEEK' as const, 'MONTH' as const, 'YEAR' as const),
    value: fc.integer({ min: 0, max: 40 }),
  });
  const instant = fc
    .integer({ min: 0, max: 4 * 365 * 24 })
    .map((hours) => new Date(utc('2025-01-01T00:00:00').getTime() + hours * HOUR));
  const anyPlan = fc
    .record({
      anchor: instant,
      zone: fc.constantFrom('UTC', AMSTERDAM, 'America/St_Johns', 'Pacific/Apia', 'Australia/Lord_Howe'),
      side: fc.constantFrom('AFTER_ANCHOR' as const, 'BEFORE_ANCHOR' as const),
      steps: fc.uniqueArray(fc.record({ period, since: instant }), {
        maxLength: 8,
        selector: (step) => periodKey(step.period),
      }),
    })
    .map((made): StepPlan => made);
  const instants = fc.array(instant, { minLength: 1, maxLength: 12 });

  it('fire, missed and next are different steps, in order of time, and nothing lies before its since', () => {
    fc.assert(
      fc.property(anyPlan, instant, (made, now) => {
        const { fire, missed, next } = nextStep(made, new Set(), now);
        const named = [...missed, ...(fire ? [fire] : []), ...(next ? [next] : [])];
        expect(new Set(keys(named)).size).toBe(named.length);
        expect(named.map(({ dueAt }) => dueAt.getTime())).toEqual(
          named.map(({ dueAt }) => dueAt.getTime()).sort((a, b) => a - b),
        );
        for (const step of named) {
          const stated = made.steps.find(({ period: of }) => periodKey(of) === step.key)!;
          expect(step.dueAt.getTime()).toBeGreaterThanOrEqual(stated.since.getTime());
          expect(step.dueAt).toEqual(
            addPeriod(made.anchor, step.period, made.side === 'AFTER_ANCHOR' ? 1 : -1, made.zone),
          );
        }
        for (const step of [...missed, ...(fire ? [fire] : [])]) expect(step.dueAt <= now).toBe(true);
        if (fire) expect(now.getTime() - fire.dueAt.getTime()).toBeLessThanOrEqual(MAX_LATE_MS);
        if (next) expect(next.dueAt > now).toBe(true);
      }),
    );
  });

  it('every step that is not before its since comes exactly once, whenever the clock looks', () => {
    fc.assert(
      fc.property(anyPlan, instants, (made, looks) => {
        const done = new Set<string>();
        const came: string[] = [];
        const theEnd = new Date('2100-01-01T00:00:00Z');
        for (const now of [...looks.sort((a, b) => a.getTime() - b.getTime()), theEnd]) {
          const { fire, missed } = nextStep(made, done, now);
          for (const { key } of [...missed, ...(fire ? [fire] : [])]) {
            came.push(key);
            done.add(key);
          }
        }
        const direction = made.side === 'AFTER_ANCHOR' ? 1 : -1;
        const expected = made.steps.filter(
          ({ period: of, since }) => addPeriod(made.anchor, of, direction, made.zone) >= since,
        );
        expect(came.sort()).toEqual(expected.map(({ period: of }) => periodKey(of)).sort());
        expect(nextStep(made, done, theEnd)).toEqual({ fire: null, missed: [], next: null });
      }),
    );
  });

  it('the order in which the steps are stated does not matter, but for steps on the same instant', () => {
    fc.assert(
      fc.property(anyPlan, instant, (made, now) => {
        const turned = nextStep({ ...made, steps: [...made.steps].reverse() }, new Set(), now);
        const straight = nextStep(made, new Set(), now);
        expect(turned.fire?.dueAt).toEqual(straight.fire?.dueAt);
        expect(turned.next?.dueAt).toEqual(straight.next?.dueAt);
        expect(turned.missed.map(({ dueAt }) => dueAt)).toEqual(straight.missed.map(({ dueAt }) => dueAt));
      }),
    );
  });
});
