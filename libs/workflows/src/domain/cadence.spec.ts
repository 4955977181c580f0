import fc from 'fast-check';
import { type InvoiceState } from '#billing/billing-state';
import { type Period } from '#kernel/period';
import { type CadenceRule } from '../variants/workflow-variant.js';
import {
  advance,
  type CadenceFacts,
  type CadenceState,
  cadenceState,
  type CadenceWorkflow,
  reopen,
} from './cadence.js';

const DAY = 86_400_000;
const utc = (text: string) => new Date(`${text}Z`);
const JUNE = utc('2026-06-01T00:00:00');
const day = (count: number) => new Date(JUNE.getTime() + count * DAY);

const rule: CadenceRule<InvoiceState> = {
  side: 'AFTER_ANCHOR',
  periods: (config) => config as Period[],
  anchor: ({ dueDate }) => dueDate,
  qualifies: ({ open }) => open,
  anchorIn: () => JUNE,
};

function workflow(overrides: Partial<CadenceWorkflow> = {}): CadenceWorkflow {
  const config: Period[] = [
    { type: 'DAY', value: 7 },
    { type: 'DAY', value: 15 },
  ];
  return { config, activatedAt: day(-30), stepsSince: {}, scopeSince: {}, ...overrides };
}

function facts(overrides: Partial<InvoiceState> = {}, zones: Partial<CadenceFacts> = {}): CadenceFacts<InvoiceState> {
  const resource: InvoiceState = {
    platformId: 'plat_1',
    id: 'invo_1',
    customerId: 'cust_1',
    status: 'FINAL',
    type: 'STANDARD',
    open: true,
    dueDate: JUNE,
    timezone: null,
    finalAt: JUNE,
    selfBilling: false,
    invoiceDate: null,
    chargedAutomatically: false,
    createdAt: JUNE,
    ...overrides,
  };
  return { customerZone: null, platformZone: null, ...zones, resource };
}

function state(overrides: Partial<CadenceState> = {}): CadenceState {
  return {
    anchorAt: JUNE,
    zone: 'UTC',
    since: day(-10),
    done: [],
    nextStep: '7 DAY',
    nextAt: day(7),
    state: 'RUNNING',
    ...overrides,
  };
}

/** The next step and its day after the due date: `7 DAY on 7`. */
function next({ nextStep, nextAt, state: stands }: CadenceState): string {
  return nextAt ? `${nextStep} on ${(nextAt.getTime() - JUNE.getTime()) / DAY}` : stands;
}

const running = (cadence: CadenceState) => ({ ...cadence, anchorAt: cadence.anchorAt! });

describe('a new cadence', () => {
  it('begins with the first step to come', () => {
    expect(cadenceState(rule, workflow(), facts(), null, day(-10))).toEqual(state());
  });

  it('is none for a resource that does not qualify or has no anchor', () => {
    expect(cadenceState(rule, workflow(), facts({ open: false }), null, day(0))).toBeNull();
    expect(cadenceState(rule, workflow(), facts({ dueDate: null }), null, day(0))).toBeNull();
  });

  it('is finished when all its steps lie before it qualified', () => {
    const late = cadenceState(rule, workflow(), facts(), null, day(20))!;
    expect(late).toMatchObject({ state: 'FINISHED', nextStep: null, nextAt: null });
  });

  it.each([
    ['the resource', { timezone: 'Asia/Tokyo' }, { customerZone: 'Europe/Paris', platformZone: 'UTC' }, 'Asia/Tokyo'],
    ['its customer', {}, { customerZone: 'Europe/Paris', platformZone: 'Asia/Tokyo' }, 'Europe/Paris'],
    ['the platform', {}, { platformZone: 'Asia/Tokyo' }, 'Asia/Tokyo'],
    ['no one', {}, {}, 'UTC'],
    ['an offset, which is no zone', { timezone: 'UTC+2' }, { customerZone: 'Europe/Paris' }, 'Europe/Paris'],
  ] as [string, Partial<InvoiceState>, Partial<CadenceFacts>, string][])(
    'is counted in the zone of %s',
    (_whose, resource, zones, zone) => {
      expect(cadenceState(rule, workflow(), facts(resource, zones), null, day(0))!.zone).toBe(zone);
    },
  );
});

describe('a step looks at no instant before', () => {
  const first = (of: CadenceWorkflow, stored: CadenceState | null = null, qualifiedAt = day(-10)) =>
    next(cadenceState(rule, of, facts(), stored, qualifiedAt)!);

  it.each([
    ['the activation of the workflow', workflow({ activatedAt: day(8) })],
    ['its own addition', workflow({ stepsSince: { '7 DAY': day(8).toISOString(), '15 DAY': day(-30).toISOString() } })],
    ["the customer's entry into the scope", workflow({ scopeSince: { cust_1: day(8).toISOString() } })],
    ["everyone's entry into the scope", workflow({ scopeSince: { '*': day(8).toISOString() } })],
  ])('%s', (_what, of) => {
    expect(first(of)).toBe('15 DAY on 15');
  });

  it("the customer's own entry, which counts before everyone's", () => {
    expect(first(workflow({ scopeSince: { '*': day(20).toISOString(), cust_1: day(-30).toISOString() } }))).toBe(
      '7 DAY on 7',
    );
  });

  it('the qualification of the resource', () => {
    expect(first(workflow(), null, day(8))).toBe('15 DAY on 15');
  });

  it('the requalification of a resource that was suspended', () => {
    const suspended = state({ state: 'SUSPENDED', nextStep: null, nextAt: null });
    expect(first(workflow(), suspended, day(8))).toBe('15 DAY on 15');
  });

  it('but a cadence that runs keeps what it had, whatever is written', () => {
    expect(first(workflow(), state(), day(8))).toBe('7 DAY on 7');
  });
});

describe('a cadence', () => {
  it('is suspended while the resource does not qualify, and resumes with what is not done', () => {
    const suspended = cadenceState(rule, workflow(), facts({ open: false }), state({ done: ['7 DAY'] }), day(9))!;
    expect(suspended).toMatchObject({ state: 'SUSPENDED', nextStep: null, nextAt: null, done: ['7 DAY'] });
    const resumed = cadenceState(rule, workflow(), facts(), suspended, day(10))!;
    expect([next(resumed), resumed.since]).toEqual(['15 DAY on 15', day(10)]);
  });

  it('is suspended when the anchor is taken away', () => {
    expect(cadenceState(rule, workflow(), facts({ dueDate: null }), state(), day(1))!.state).toBe('SUSPENDED');
  });

  it('counts unsent steps from an anchor that moved, and repeats none that is done', () => {
    const moved = cadenceState(rule, workflow(), facts({ dueDate: day(10) }), state({ done: ['7 DAY'] }), day(8))!;
    expect([next(moved), moved.anchorAt]).toEqual(['15 DAY on 25', day(10)]);
  });

  it('lets a step that was planned for the old anchor fall due again once it is reopened', () => {
    const planned = state({ done: ['7 DAY'], nextStep: '15 DAY', nextAt: day(15) });
    const moved = cadenceState(rule, workflow(), facts({ dueDate: day(10) }), reopen(planned, '7 DAY'), day(8))!;
    expect(next(moved)).toBe('7 DAY on 17');
  });

  it('is counted anew when the zone moves', () => {
    const moved = cadenceState(
      rule,
      workflow(),
      facts({ dueDate: utc('2026-10-20T00:00:00') }, { customerZone: 'Europe/Paris' }),
      state(),
      day(0),
    )!;
    expect(moved.nextAt).toEqual(utc('2026-10-27T01:00:00'));
  });

  it('is finished with its last step and runs again with a new one', () => {
    const done = ['7 DAY', '15 DAY'];
    const finished = cadenceState(rule, workflow(), facts(), state({ done }), day(16))!;
    expect(next(finished)).toBe('FINISHED');
    const longer = workflow({ config: [...(workflow().config as Period[]), { type: 'MONTH', value: 1 }] });
    expect(next(cadenceState(rule, longer, facts(), finished, day(17))!)).toBe('1 MONTH on 30');
  });

  it('knows a step by its period, however the workflow writes it', () => {
    const weekly = workflow({ config: [{ type: 'WEEK', value: 1 }] });
    expect(next(cadenceState(rule, weekly, facts(), state({ done: ['7 DAY'] }), day(0))!)).toBe('FINISHED');
  });
});

describe('a tick of the clock', () => {
  it('sends the latest step, misses the others and goes on to the next', () => {
    const config: Period[] = [7, 14, 15, 30].map((value) => ({ type: 'DAY', value }));
    const { decision, state: after } = advance(rule, workflow({ config }), facts().resource, running(state()), day(16));
    expect([decision.missed.map(({ key }) => key), decision.fire?.key, next(after)]).toEqual([
      ['7 DAY', '14 DAY'],
      '15 DAY',
      '30 DAY on 30',
    ]);
    expect(after.done).toEqual(['7 DAY', '14 DAY', '15 DAY']);
  });

  it('twice at the same instant does nothing more', () => {
    const once = advance(rule, workflow(), facts().resource, running(state()), day(7)).state;
    const twice = advance(rule, workflow(), facts().resource, running(once), day(7));
    expect(twice).toMatchObject({ decision: { fire: null, missed: [] }, state: once });
  });
});

describe('whatever happens to an invoice', () => {
  type Change = { kind: 'write'; at: number; open: boolean; due: number } | { kind: 'tick'; at: number };
  const days = { min: -20, max: 60 };
  const change: fc.Arbitrary<Change> = fc.oneof(
    fc.record({
      kind: fc.constant('write' as const),
      at: fc.integer(days),
      open: fc.boolean(),
      due: fc.integer({ min: -5, max: 20 }),
    }),
    fc.record({ kind: fc.constant('tick' as const), at: fc.integer(days) }),
  );
  const steps = fc.uniqueArray(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 5 });

  interface Fired {
    key: string;
    dueAt: Date;
    at: Date;
  }

  /** Runs writes and ticks in the order of time, as transactions would. */
  function run(of: CadenceWorkflow, changes: Change[]): { fired: Fired[]; end: CadenceState | null } {
    let stored: CadenceState | null = null;
    let resource = facts();
    const fired: Fired[] = [];
    for (const made of [...changes].sort((a, b) => a.at - b.at)) {
      const at = day(made.at);
      if (made.kind === 'write') resource = facts({ open: made.open, dueDate: day(made.due) });
      const now: CadenceState | null =
        made.kind === 'write' || stored ? cadenceState(rule, of, resource, stored, at) : null;
      stored = now;
      if (made.kind !== 'tick' || now?.state !== 'RUNNING') continue;
      const { decision, state: after } = advance(rule, of, facts().resource, running(now), at);
      if (decision.fire) fired.push({ ...decision.fire, at });
      stored = after;
    }
    return { fired, end: stored };
  }

  const made = fc
    .tuple(steps, fc.array(change, { maxLength: 25 }), fc.integer({ min: -20, max: 20 }))
    .map(([values, changes, activated]) => ({
      of: workflow({ config: values.map((value) => ({ type: 'DAY', value })), activatedAt: day(activated) }),
      changes,
      activated: day(activated),
    }));

  it('no step fires twice', () => {
    fc.assert(
      fc.property(made, ({ of, changes }) => {
        const keys = run(of, changes).fired.map(({ key }) => key);
        expect(new Set(keys).size).toBe(keys.length);
      }),
    );
  });

  it('no step fires before it is due, later than 72 hours, or for an instant before the activation', () => {
    fc.assert(
      fc.property(made, ({ of, changes, activated }) => {
        for (const { dueAt, at } of run(of, changes).fired) {
          expect(at.getTime() - dueAt.getTime()).toBeGreaterThanOrEqual(0);
          expect(at.getTime() - dueAt.getTime()).toBeLessThanOrEqual(3 * DAY);
          expect(dueAt.getTime()).toBeGreaterThanOrEqual(activated.getTime());
        }
      }),
    );
  });

  it('more ticks between do no harm: what the clock sees in time it sees in time', () => {
    fc.assert(
      fc.property(made, ({ of, changes }) => {
        const twice = changes.flatMap((each): Change[] => (each.kind === 'tick' ? [each, each] : [each]));
        expect(run(of, twice)).toEqual(run(of, changes));
      }),
    );
  });

  it('writing the same again moves nothing', () => {
    fc.assert(
      fc.property(made, ({ of, changes }) => {
        const writes = changes.flatMap((each): Change[] => (each.kind === 'write' ? [each, each] : [each]));
        expect(run(of, writes)).toEqual(run(of, changes));
      }),
    );
  });

  it('the order in which steps are written into the workflow does not matter', () => {
    fc.assert(
      fc.property(made, ({ of, changes }) => {
        const turned = { ...of, config: [...(of.config as Period[])].reverse() };
        expect(run(turned, changes)).toEqual(run(of, changes));
      }),
    );
  });

  it('a running cadence always knows a step that is not done, any other has none', () => {
    fc.assert(
      fc.property(made, ({ of, changes }) => {
        const { end } = run(of, changes);
        if (!end) return;
        expect(end.nextAt !== null && end.nextStep !== null).toBe(end.state === 'RUNNING');
        expect(end.done).not.toContain(end.nextStep);
      }),
    );
  });
});
