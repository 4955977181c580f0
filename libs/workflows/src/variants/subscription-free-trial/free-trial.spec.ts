import { type TrialState } from '#billing/billing-state';
import { type MailFacts, type SubscriptionFact } from '#billing/mail-facts';
import { formatter } from '#kernel/format';
import { advance, type CadenceState, cadenceState } from '../../domain/cadence.js';
import { freeTrial } from './index.js';

const DAY_MS = 86_400_000;
const START = new Date('2026-06-01T00:00:00Z');
const day = (count: number) => new Date(START.getTime() + count * DAY_MS);
const END = day(14);

function trial(overrides: Partial<TrialState> = {}): TrialState {
  return {
    platformId: 'plat_1',
    id: 'ppsc_1',
    subscriptionId: 'ppsu_1',
    customerId: 'cust_1',
    timezone: null,
    status: 'ACTIVE',
    subscriptionType: 'BILLING',
    scheduleType: 'TRIAL',
    startAt: START,
    endAt: END,
    cancelledFrom: null,
    createdAt: START,
    ...overrides,
  };
}

function facts(overrides: Partial<SubscriptionFact> = {}): MailFacts {
  const schedule = {
    id: 'ppsc_1',
    type: 'TRIAL',
    startAt: START,
    endAt: END,
    document: { pricing_plan: { name: 'Plus' } },
  };
  const subscription: SubscriptionFact = {
    id: 'ppsu_1',
    reference: 'stroom',
    customerId: 'cust_1',
    status: 'ACTIVE',
    type: 'BILLING',
    document: { name: 'Stroom' },
    schedule,
    revision: '1',
    ...overrides,
  };
  const nothing = { customer: null, contacts: [], invoice: null, payment: null, wallet: null };
  const platform = { id: 'plat_1', name: 'Test', timezone: 'UTC', locale: null };
  return { platform, ...nothing, billingEntity: null, paymentAcceptors: [], integration: null, subscription };
}

const rule = freeTrial.cadence!;
const workflow = (...values: number[]) => ({
  config: { reminder_periods: values.map((value) => ({ type: 'DAY', value })) },
  activatedAt: day(-30),
  stepsSince: {},
  scopeSince: {},
});
const zones = { customerZone: null, platformZone: null };
const stateOf = (resource: TrialState, stored: CadenceState | null = null, at = START, of = workflow(3)) =>
  cadenceState(rule, of, { resource, ...zones }, stored, at);
const guard = (overrides: Partial<SubscriptionFact> = {}, now = day(11)) =>
  freeTrial.guard(facts(overrides), { config: null, now })?.reason ?? null;

describe('FREE_TRIAL_REMINDER follows (e.31)', () => {
  it('the end of a trial, with steps before it', () => {
    expect(stateOf(trial())).toMatchObject({ state: 'RUNNING', nextStep: '3 DAY', nextAt: day(11) });
  });

  it.each([
    ['a schedule that is no trial', { scheduleType: 'DEFAULT' }],
    ['a trial without an end', { endAt: null }],
    ['a subscription that is not ACTIVE', { status: 'DRAFT' }],
    ['a quote', { subscriptionType: 'QUOTE' }],
    ['a subscription that is cancelled before the trial ends', { cancelledFrom: day(13) }],
  ])('no %s', (_case, overrides) => {
    expect(stateOf(trial(overrides))).toBeNull();
  });

  it('a subscription that is cancelled only when the trial ends', () => {
    expect(stateOf(trial({ cancelledFrom: END }))?.state).toBe('RUNNING');
  });

  it('no step that would come before the trial begins', () => {
    const early = trial({ createdAt: day(-20) });
    expect(stateOf(early, null, day(-20), workflow(20, 3))).toMatchObject({ nextStep: '3 DAY' });
  });

  it('a moved end, for which a step that was sent is sent again', () => {
    const sent = { ...stateOf(trial())!, done: ['3 DAY'], nextStep: null, nextAt: null, state: 'FINISHED' as const };
    expect(stateOf(trial({ endAt: day(30) }), sent, day(12))).toMatchObject({ nextStep: '3 DAY', nextAt: day(27) });
  });

  it('a moved end whose step would be due at once, without sending it twice', () => {
    const sent = { ...stateOf(trial())!, done: ['3 DAY'], nextStep: null, nextAt: null, state: 'FINISHED' as const };
    expect(stateOf(trial({ endAt: day(14.5) }), sent, day(12))).toMatchObject({ state: 'FINISHED', done: ['3 DAY'] });
  });

  it('no instant after the end: what was missed by then is not sent late', () => {
    const stored = { ...stateOf(trial(), null, START, workflow(1))!, anchorAt: END };
    const late = advance(rule, workflow(1), trial(), stored, day(14.5));
    expect(late.decision).toMatchObject({ fire: null, missed: [{ key: '1 DAY' }] });
    expect(advance(rule, workflow(1), trial(), stored, day(13.5)).decision.fire?.key).toBe('1 DAY');
  });
});

describe('a mail about a trial (e.31, e.36)', () => {
  it('is sent while the trial runs', () => {
    expect(guard()).toBeNull();
  });

  it.each([
    ['NOT_ON_TRIAL', { status: 'CANCELLED' }, day(11)],
    ['TRIAL_GONE', { schedule: null }, day(11)],
    [
      'SUBSCRIPTION_CANCELLED',
      { document: { inactive_periods: [{ type: 'CANCEL', start_at: '2026-06-05T00:00:00Z' }] } },
      day(4),
    ],
    ['TRIAL_ENDED', {}, day(14)],
  ])('is not sent: %s', (reason, overrides, now) => {
    expect(guard(overrides as Partial<SubscriptionFact>, now)).toBe(reason);
  });

  it('may name subscription, plan and days left (e.44)', () => {
    expect(freeTrial.variables(facts(), formatter('en-GB', 'UTC'), day(11), null)).toMatchObject({
      subscription_name: 'Stroom',
      subscription_reference: 'stroom',
      plan_name: 'Plus',
      trial_end_date: '15 June 2026',
      trial_end_date_raw: '2026-06-15T00:00:00Z',
      days_until_trial_end: 3,
    });
  });

  it('may be asked for by hand of a trial that has an end only (e.39)', () => {
    expect(freeTrial.manualProblem(trial())).toBeNull();
    expect(freeTrial.manualProblem(trial({ scheduleType: 'DEFAULT' }))).toContain('no trial');
  });
});
