import { type Activation, activationAfter, NEVER_ACTIVE } from './activation.js';
import { type WorkflowDefinition } from './workflow-definition.js';

const january = new Date('2026-01-01T00:00:00Z');
const march = new Date('2026-03-01T00:00:00Z');

function overdue(change: Partial<WorkflowDefinition> = {}, ...days: number[]): WorkflowDefinition {
  const periods = (days.length > 0 ? days : [7]).map((value) => ({ type: 'DAY' as const, value }));
  const invoice = { variant: 'OVERDUE' as const, overdue: { periods } };
  return { name: 'Reminders', type: 'INVOICE', reference: 'reminders', status: 'ACTIVE', invoice, ...change };
}

/** An overdue workflow that was activated in January and has finished its enrolment. */
function sinceJanuary(definition = overdue()): { definition: WorkflowDefinition; activation: Activation } {
  return {
    definition,
    activation: { ...activationAfter(null, definition, true, january), enrolCursor: null, enrolledCount: 9 },
  };
}

describe('activationAfter', () => {
  it('starts steps, scope and enrolment when a workflow becomes ACTIVE', () => {
    const started = {
      activatedAt: march,
      stepsSince: { '7 DAY': march.toISOString() },
      scopeSince: { '*': march.toISOString() },
      enrolCursor: '',
      enrolledCount: 0,
    };
    expect(activationAfter(null, overdue(), true, march)).toEqual(started);
    const paused = { ...sinceJanuary(), definition: overdue({ status: 'INACTIVE' }) };
    expect(activationAfter(paused, overdue(), true, march)).toEqual(started);
  });

  it('enrols nothing for a workflow that an event starts', () => {
    expect(activationAfter(null, overdue({ invoice: { variant: 'TO_FINAL' } }), false, march)).toMatchObject({
      activatedAt: march,
      enrolCursor: null,
    });
  });

  it('records nothing for a workflow that is not ACTIVE', () => {
    expect(activationAfter(null, overdue({ status: 'INACTIVE' }), true, march)).toEqual(NEVER_ACTIVE);
  });

  it('stops an enrolment that is under way when the workflow stops', () => {
    const enrolling = { definition: overdue(), activation: activationAfter(null, overdue(), true, january) };
    expect(activationAfter(enrolling, overdue({ status: 'INACTIVE' }), true, march).enrolCursor).toBeNull();
  });

  it('starts a step that is added now and enrols again', () => {
    expect(activationAfter(sinceJanuary(), overdue({}, 7, 14), true, march)).toEqual({
      ...sinceJanuary().activation,
      stepsSince: { '7 DAY': january.toISOString(), '14 DAY': march.toISOString() },
      enrolCursor: '',
    });
  });

  it('starts a customer who is added now and enrols again', () => {
    const before = sinceJanuary(overdue({ customer_ids: ['a'] }));
    expect(activationAfter(before, overdue({ customer_ids: ['a', 'b'] }), true, march)).toMatchObject({
      scopeSince: { a: january.toISOString(), b: march.toISOString() },
      enrolCursor: '',
    });
  });

  it('starts everything anew when the variant changes', () => {
    const upcoming = overdue({
      invoice: { variant: 'UPCOMING_PAYMENT_REMINDER', upcoming_payment: { periods: [{ type: 'DAY', value: 7 }] } },
    });
    expect(activationAfter(sinceJanuary(), upcoming, true, march)).toMatchObject({
      activatedAt: march,
      stepsSince: { '7 DAY': march.toISOString() },
    });
  });

  it.each([
    ['another name', overdue({ name: 'Dunning' })],
    ['the same steps in another order', overdue({}, 7)],
    [
      'the same step in another unit',
      overdue({ invoice: { variant: 'OVERDUE', overdue: { periods: [{ type: 'WEEK', value: 1 }] } } }),
    ],
  ])('records nothing for %s', (_case, after) => {
    expect(activationAfter(sinceJanuary(), after, true, march)).toEqual(sinceJanuary().activation);
  });
});
