import { type MailFacts } from '#billing/mail-facts';
import { type ClaimedExecution } from '#ledger/data/claim';
import { type ExecutionDefinition } from '#workflows/data/execution-definition';
import { findVariant } from '#workflows/variants/index';
import { AnchorMoved, whyNotSent } from './may-be-sent.js';

const DUE = new Date('2026-06-01T00:00:00Z');
const overdue = findVariant('INVOICE', 'OVERDUE')!;

function execution(overrides: Partial<ClaimedExecution> = {}): ClaimedExecution {
  const ids = { platformId: 'plat_1', id: 'wkfe_1', triggerId: 'wkft_1', workflowId: 'wkfl_1', actionId: 'wkfa_1' };
  const about = {
    customerId: 'cust_1',
    invoiceId: 'invo_1',
    paymentId: null,
    walletId: null,
    subscriptionId: null,
    scheduleId: null,
    variant: 'OVERDUE',
    step: '7 DAY',
  };
  return {
    ...ids,
    ...about,
    token: 1n,
    triggerType: 'EVENT',
    actionVersion: 1,
    actionType: 'SEND_EMAIL_TO_CUSTOMER',
    anchorAt: DUE,
    dueAt: DUE,
    notAfter: DUE,
    tooLate: false,
    attemptCount: 0,
    preparation: 0,
    facts: null,
    claimedAt: DUE,
    ...overrides,
  };
}

function definition(workflow: object = {}, action: object = {}): ExecutionDefinition {
  return {
    workflow: {
      status: 'ACTIVE',
      type: 'INVOICE',
      config: null,
      scoped: false,
      customerIds: [],
      revision: '1',
      ...workflow,
    },
    action: { status: 'ACTIVE', deleted: false, revision: '1', ...action },
    config: {},
  };
}

const customer = (status = 'ACTIVE', document = {}) => ({
  id: 'cust_1',
  status,
  email: 'a@b.example',
  timezone: null,
  locale: null,
  document,
  revision: '1',
});
const invoice = (overrides = {}) => ({
  id: 'invo_1',
  status: 'FINAL',
  type: 'STANDARD',
  openAmount: '100',
  dueDate: DUE,
  document: {},
  documentRevision: 1,
  printed: false,
  revision: '1',
  ...overrides,
});
const integration = (overrides = {}) => ({
  id: 'inte_1',
  type: 'EMAIL_PROVIDER',
  variant: 'SYSTEM',
  status: 'ACTIVE',
  secrets: null,
  document: {},
  revision: '1',
  ...overrides,
});

function facts(overrides: Partial<MailFacts> = {}): MailFacts {
  return {
    platform: { id: 'plat_1', name: 'Platform', timezone: 'UTC', locale: null },
    customer: customer(),
    contacts: [],
    invoice: invoice(),
    wallet: null,
    subscription: null,
    payment: null,
    billingEntity: null,
    paymentAcceptors: [],
    integration: integration(),
    ...overrides,
  };
}

/** State and reason; `sent` when nothing speaks against it. */
function verdict(of: ClaimedExecution, what: ExecutionDefinition | null, about: MailFacts): string {
  const outcome = whyNotSent(of, what, about, overdue);
  return outcome ? [outcome.state, 'reason' in outcome ? outcome.reason : ''].join(' ') : 'sent';
}

describe('a mail that was planned', () => {
  it.each([
    ['is sent as things are', execution(), definition(), facts(), 'sent'],
    ['is too late', execution({ tooLate: true }), definition(), facts(), 'SKIPPED TOO_LATE'],
    [
      'has a workflow that was paused',
      execution(),
      definition({ status: 'INACTIVE' }),
      facts(),
      'SKIPPED WORKFLOW_INACTIVE',
    ],
    ['has lost its workflow', execution(), null, facts(), 'SKIPPED WORKFLOW_INACTIVE'],
    [
      'has an action that was paused',
      execution(),
      definition({}, { status: 'INACTIVE' }),
      facts(),
      'SKIPPED ACTION_INACTIVE',
    ],
    [
      'has an action that was deleted',
      execution(),
      definition({}, { deleted: true }),
      facts(),
      'SKIPPED ACTION_INACTIVE',
    ],
    ['has no customer', execution(), definition(), facts({ customer: null }), 'FAILED CUSTOMER_MISSING'],
    ['is for a deprecated customer', execution(), definition(), facts({ customer: customer('DEPRECATED') }), 'sent'],
    [
      'is for a draft customer',
      execution(),
      definition(),
      facts({ customer: customer('DRAFT') }),
      'SKIPPED CUSTOMER_NOT_ACTIVE',
    ],
    [
      'is for an archived customer',
      execution(),
      definition(),
      facts({ customer: customer('ARCHIVED') }),
      'SKIPPED CUSTOMER_NOT_ACTIVE',
    ],
    [
      'is for a customer of processing only',
      execution(),
      definition(),
      facts({ customer: customer('ACTIVE', { processing_only: true }) }),
      'SKIPPED CUSTOMER_PROCESSING_ONLY',
    ],
    [
      'is for a customer out of scope',
      execution(),
      definition({ scoped: true, customerIds: ['cust_2'] }),
      facts(),
      'SKIPPED CUSTOMER_OUT_OF_SCOPE',
    ],
    ['is for a customer in scope', execution(), definition({ scoped: true, customerIds: ['cust_1'] }), facts(), 'sent'],
    [
      'is about an invoice that was paid',
      execution(),
      definition(),
      facts({ invoice: invoice({ openAmount: '0' }) }),
      'SKIPPED INVOICE_PAID',
    ],
    ['has lost its integration', execution(), definition(), facts({ integration: null }), 'FAILED INTEGRATION_MISSING'],
    [
      'has an integration that is off',
      execution(),
      definition(),
      facts({ integration: integration({ status: 'INACTIVE' }) }),
      'FAILED INTEGRATION_NOT_ACTIVE',
    ],
  ] as [string, ClaimedExecution, ExecutionDefinition | null, MailFacts, string][])(
    '%s',
    (_what, of, what, about, expected) => {
      expect(verdict(of, what, about)).toBe(expected);
    },
  );

  it.each([
    ['moved', new Date('2026-06-02T00:00:00Z')],
    ['was taken away', null],
  ])('is planned anew when the due date %s', (_how, dueDate) => {
    expect(() => verdict(execution(), definition(), facts({ invoice: invoice({ dueDate }) }))).toThrow(AnchorMoved);
  });
});

describe('a manual trigger', () => {
  const manual = execution({ triggerType: 'MANUAL', anchorAt: null });

  it('sends also what was paid or has another due date', () => {
    expect(verdict(manual, definition(), facts({ invoice: invoice({ openAmount: '0', dueDate: null }) }))).toBe('sent');
  });

  it.each([
    ['a paused workflow', definition({ status: 'INACTIVE' }), facts(), 'SKIPPED WORKFLOW_INACTIVE'],
    [
      'a customer who is not active',
      definition(),
      facts({ customer: customer('CLOSED') }),
      'SKIPPED CUSTOMER_NOT_ACTIVE',
    ],
    [
      'an integration that is off',
      definition(),
      facts({ integration: integration({ status: 'DRAFT' }) }),
      'FAILED INTEGRATION_NOT_ACTIVE',
    ],
  ])('does not get past %s', (_what, what, about, expected) => {
    expect(verdict(manual, what, about)).toBe(expected);
  });
});
