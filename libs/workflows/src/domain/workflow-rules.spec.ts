import fc from 'fast-check';
import { type StatedPeriod } from './workflow-blocks.js';
import { stepKeys, withoutLeftovers, type WorkflowDefinition } from './workflow-definition.js';
import { checkServed, checkWorkflow, checkWorkflowChange } from './workflow-rules.js';

type Change = Partial<WorkflowDefinition>;

const days = (...values: number[]): StatedPeriod[] => values.map((value) => ({ type: 'DAY', value }));

function overdue(change: Change = {}): WorkflowDefinition {
  const invoice = { variant: 'OVERDUE' as const, overdue: { periods: days(7, 15) } };
  return { name: 'Reminders', type: 'INVOICE', reference: 'reminders', status: 'INACTIVE', invoice, ...change };
}

function withSteps(periods: StatedPeriod[], status: 'DRAFT' | 'INACTIVE' = 'INACTIVE'): WorkflowDefinition {
  return overdue({ status, invoice: { variant: 'OVERDUE', overdue: { periods } } });
}

function wallet(threshold: object, change: Change = {}): WorkflowDefinition {
  const balance = { comparator: 'LESS_THAN' as const, threshold };
  return {
    ...overdue(),
    type: 'WALLET',
    invoice: undefined,
    wallet: { variant: 'WALLET_BALANCE', wallet_balance: balance },
    ...change,
  };
}

function problem(workflow: WorkflowDefinition): string | null {
  try {
    checkWorkflow(workflow);
    return null;
  } catch (error) {
    const { code, details } = error as { code: string; details: { field?: string } };
    return `${code} ${details.field ?? ''}`;
  }
}

const twenty = days(...Array.from({ length: 20 }, (_, i) => i + 1));
const wallets = (change: object) => ({ variant: 'WALLET_BALANCE' as const, wallet_balance: change });
const trial = (reminder_periods: StatedPeriod[]): Change => ({
  type: 'PRICING_PLAN_SUBSCRIPTION',
  invoice: undefined,
  pricing_plan_subscription: { variant: 'FREE_TRIAL_REMINDER', reminder_periods },
});

describe('a workflow', () => {
  it.each([
    ['is complete with a variant and a step', overdue()],
    ['may have a step on the due date', withSteps(days(0))],
    ['may have as many as 20 steps', withSteps(twenty)],
    ['may be a draft without its block', overdue({ status: 'DRAFT', invoice: undefined })],
    ['may be a draft without a variant', overdue({ status: 'DRAFT', invoice: {} })],
    ['may be a draft without periods', overdue({ status: 'DRAFT', invoice: { variant: 'OVERDUE' } })],
    ['may be a draft with half a period', withSteps([{ type: 'DAY' }, { value: null }], 'DRAFT')],
    ['may be archived as incomplete as it was', overdue({ status: 'ARCHIVED', invoice: undefined })],
    ['needs no step to mail on TO_FINAL', overdue({ invoice: { variant: 'TO_FINAL' } })],
    ['is for everyone when customer_ids is null', overdue({ customer_ids: null })],
    ['may be for one customer', overdue({ customer_ids: ['cust_1'] })],
    [
      'may have a month beside 30 days',
      withSteps([
        { type: 'MONTH', value: 1 },
        { type: 'DAY', value: 30 },
      ]),
    ],
    ['may watch a percentage', wallet({ percentage: '10' })],
    ['may watch an amount', wallet({ amount: { quantity: '10.50', currency: 'EUR' } })],
    ['may watch credits', wallet({ credits: { quantity: '3', credit_type_id: 'crty_1' }, percentage: null })],
    ['may be a draft that watches nothing yet', wallet({}, { status: 'DRAFT' })],
  ])('%s', (_rule, workflow) => {
    expect(problem(workflow)).toBeNull();
  });

  it.each([
    ['its block', overdue({ invoice: undefined }), 'MISSING_FIELD invoice'],
    ['a variant', overdue({ invoice: {} }), 'MISSING_FIELD invoice.variant'],
    ['periods', overdue({ invoice: { variant: 'OVERDUE' } }), 'MISSING_FIELD invoice.overdue.periods'],
    ['a period', withSteps([]), 'MISSING_FIELD invoice.overdue.periods'],
    ['reminders for a trial', overdue(trial([])), 'MISSING_FIELD pricing_plan_subscription.reminder_periods'],
    ['the type of a period', withSteps([{ value: 1 }]), 'MISSING_FIELD invoice.overdue.periods.0.type'],
    ['the value of a period', withSteps([{ type: 'DAY' }]), 'MISSING_FIELD invoice.overdue.periods.0.value'],
    [
      'a balance',
      { ...wallet({}), wallet: { variant: 'WALLET_BALANCE' as const } },
      'MISSING_FIELD wallet.wallet_balance',
    ],
    ['a comparator', { ...wallet({}), wallet: wallets({}) }, 'MISSING_FIELD wallet.wallet_balance.comparator'],
    ['a threshold', wallet({}), 'MISSING_FIELD wallet.wallet_balance.threshold'],
    [
      'a currency',
      wallet({ amount: { quantity: '1' } }),
      'MISSING_FIELD wallet.wallet_balance.threshold.amount.currency',
    ],
    ['a quantity', wallet({ credits: {} }), 'MISSING_FIELD wallet.wallet_balance.threshold.credits.quantity'],
  ] as [string, WorkflowDefinition, string][])('needs %s unless it is a draft', (_lacking, workflow, refused) => {
    expect(problem(workflow)).toBe(refused);
    expect(problem({ ...workflow, status: 'DRAFT' })).toBeNull();
  });

  it.each([
    ['an emptied customer list', overdue({ customer_ids: [] }), 'INVALID_FIELD customer_ids'],
    ['the block of another type', overdue({ payment: {} }), 'INVALID_FIELD payment'],
    [
      'settings of another variant',
      overdue({ invoice: { variant: 'TO_FINAL', overdue: { periods: days(7) } } }),
      'INVALID_FIELD invoice.overdue',
    ],
    ['more than 20 steps', withSteps([...twenty, ...days(21)]), 'INVALID_FIELD invoice.overdue.periods'],
    [
      'a week beside seven days',
      withSteps([...days(7), { type: 'WEEK', value: 1 }]),
      'INVALID_FIELD invoice.overdue.periods.1',
    ],
    [
      'a year beside twelve months',
      withSteps([
        { type: 'YEAR', value: 1 },
        { type: 'MONTH', value: 12 },
      ]),
      'INVALID_FIELD invoice.overdue.periods.1',
    ],
    [
      'no time twice in two units',
      withSteps([
        { type: 'DAY', value: 0 },
        { type: 'MONTH', value: 0 },
      ]),
      'INVALID_FIELD invoice.overdue.periods.1',
    ],
    ['a negative period', withSteps(days(-1)), 'INVALID_FIELD invoice.overdue.periods.0.value'],
    ['a period beyond 3650', withSteps(days(3651)), 'INVALID_FIELD invoice.overdue.periods.0.value'],
    [
      'a reminder at the end of the trial itself',
      overdue(trial(days(3, 0))),
      'INVALID_FIELD pricing_plan_subscription.reminder_periods.1.value',
    ],
    [
      'a reminder on the charge date itself',
      overdue({ invoice: { variant: 'UPCOMING_PAYMENT_REMINDER', upcoming_payment: { periods: days(0) } } }),
      'INVALID_FIELD invoice.upcoming_payment.periods.0.value',
    ],
    [
      'another comparator',
      { ...wallet({}), wallet: wallets({ comparator: 'EQUALS' }) },
      'INVALID_FIELD wallet.wallet_balance.comparator',
    ],
    ['two thresholds', wallet({ percentage: '1', credits: {} }), 'INVALID_FIELD wallet.wallet_balance.threshold'],
    ['a threshold of nothing', wallet({ percentage: '0' }), 'INVALID_FIELD wallet.wallet_balance.threshold.percentage'],
    ['a threshold in words', wallet({ percentage: 'ten' }), 'INVALID_FIELD wallet.wallet_balance.threshold.percentage'],
    [
      'an unknown currency',
      wallet({ amount: { quantity: '1', currency: 'euro' } }),
      'INVALID_FIELD wallet.wallet_balance.threshold.amount.currency',
    ],
  ] as [string, WorkflowDefinition, string][])('refuses %s, also in a draft', (_what, workflow, refused) => {
    expect(problem(workflow)).toBe(refused);
    expect(problem({ ...workflow, status: 'DRAFT' })).toBe(refused);
  });

  it('needs a number as the value of a period unless it is a draft', () => {
    expect(problem(withSteps([{ type: 'DAY', value: null }]))).toBe('INVALID_FIELD invoice.overdue.periods.0.value');
    expect(problem(withSteps([{ type: 'DAY', value: null }], 'DRAFT'))).toBeNull();
  });

  it('never has two steps with the same key once it is complete', () => {
    const stated = fc.record({
      type: fc.constantFrom('DAY', 'WEEK', 'MONTH', 'YEAR'),
      value: fc.integer({ min: 0, max: 60 }),
    });
    fc.assert(
      fc.property(fc.array(stated as fc.Arbitrary<StatedPeriod>, { maxLength: 20 }), (periods) => {
        const workflow = withSteps(periods);
        if (problem(workflow) !== null) return;
        expect(new Set(stepKeys(workflow)).size).toBe(periods.length);
      }),
    );
  });
});

describe('a change of a workflow', () => {
  const toFinal = overdue({ invoice: { variant: 'TO_FINAL' } });

  it('never changes the type', () => {
    expect(() => checkWorkflowChange(overdue(), wallet({}), false)).toThrow(
      expect.objectContaining({ code: 'INVALID_FIELD', details: { field: 'type' } }),
    );
  });

  it('changes the variant as long as nothing was triggered', () => {
    expect(() => checkWorkflowChange(overdue(), toFinal, false)).not.toThrow();
    expect(() => checkWorkflowChange(overdue(), toFinal, true)).toThrow(
      expect.objectContaining({ code: 'INVALID_OPERATION', details: { field: 'invoice.variant' } }),
    );
  });

  it('leaves the settings of the old variant behind, unless the change states them', () => {
    const invoice = { variant: 'TO_FINAL' as const, overdue: { periods: days(7) } };
    const merged = overdue({ invoice });
    expect(withoutLeftovers(merged, { invoice: { variant: 'TO_FINAL' } }).invoice).toEqual({ variant: 'TO_FINAL' });
    expect(withoutLeftovers(merged, { invoice }).invoice).toEqual(invoice);
  });

  it('replaces one kind of threshold by another', () => {
    const credits = { quantity: '3', credit_type_id: 'crty_1' };
    const merged = wallet({ amount: { quantity: '1', currency: 'EUR' }, credits });
    const patch = { wallet: { wallet_balance: { threshold: { credits } } } };
    expect(withoutLeftovers(merged, patch).wallet?.wallet_balance?.threshold).toEqual({ credits });
    expect(withoutLeftovers(merged, {})).toEqual(merged);
  });
});

describe('a variant that this version cannot run', () => {
  const unserved = () => false;

  it('cannot be ACTIVE', () => {
    expect(() => checkServed(overdue({ status: 'ACTIVE' }), unserved)).toThrow(
      expect.objectContaining({ code: 'INVALID_OPERATION', details: { field: 'status' } }),
    );
  });

  it('can be kept INACTIVE', () => {
    expect(() => checkServed(overdue(), unserved)).not.toThrow();
  });
});
