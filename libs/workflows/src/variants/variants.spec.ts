import { type InvoiceState, type PaymentState } from '#billing/billing-state';
import { type InvoiceFact, type MailFacts, type PaymentFact } from '#billing/mail-facts';
import { formatter } from '#kernel/format';
import { findVariant, VARIANTS } from './index.js';
import { failedPayment } from './failed-payment/index.js';
import { invoiceOverdue } from './invoice-overdue/index.js';
import { invoiceToFinal } from './invoice-to-final/index.js';

const NOW = new Date('2026-06-10T12:00:00Z');
const EARLIER = new Date('2026-06-01T00:00:00Z');
const LATER = new Date('2026-06-20T00:00:00Z');

function invoice(overrides: Partial<InvoiceState> = {}): InvoiceState {
  return {
    platformId: 'plat_1',
    id: 'invo_1',
    customerId: 'cust_1',
    status: 'FINAL',
    type: 'STANDARD',
    open: true,
    dueDate: EARLIER,
    timezone: null,
    finalAt: null,
    selfBilling: false,
    invoiceDate: EARLIER,
    chargedAutomatically: false,
    createdAt: EARLIER,
    ...overrides,
  };
}

function payment(overrides: Partial<PaymentState> = {}): PaymentState {
  const ids = { platformId: 'plat_1', id: 'paym_1', customerId: 'cust_1', invoiceId: 'invo_1' };
  return { ...ids, result: 'REFUSED', contextType: null, ...overrides };
}

const becomes = (before: InvoiceState | null, after: InvoiceState) =>
  invoiceToFinal.startsOn!({ type: 'INVOICE', before, after, at: NOW }, null);
const pays = (before: PaymentState | null, after: PaymentState) =>
  failedPayment.startsOn!({ type: 'PAYMENT', before, after, at: NOW }, null);

function invoiceFact(overrides: Partial<InvoiceFact> = {}): InvoiceFact {
  const facts = { id: 'invo_1', status: 'FINAL', type: 'STANDARD', openAmount: '100', dueDate: EARLIER };
  return { ...facts, document: {}, documentRevision: 1, printed: false, revision: '1', ...overrides };
}

const paymentFact = (result: string): PaymentFact => ({ id: 'paym_1', result, document: {}, revision: '1' });

function facts(overrides: Partial<MailFacts> = {}): MailFacts {
  return {
    platform: { id: 'plat_1', name: 'Test', timezone: 'UTC', locale: null },
    customer: null,
    contacts: [],
    invoice: invoiceFact(),
    wallet: null,
    subscription: null,
    payment: null,
    billingEntity: null,
    paymentAcceptors: [],
    integration: null,
    ...overrides,
  };
}

describe('the variants', () => {
  it('are found by type and name, and no others', () => {
    for (const variant of VARIANTS) expect(findVariant(variant.type, variant.variant)).toBe(variant);
    expect(findVariant('PAYMENT', 'OVERDUE')).toBeUndefined();
    expect(findVariant('INVOICE', null)).toBeUndefined();
  });

  it('start on an event or follow a calendar, never both', () => {
    for (const { startsOn, cadence } of VARIANTS)
      expect((startsOn === undefined) !== (cadence === undefined)).toBe(true);
  });
});

describe('TO_FINAL starts', () => {
  it.each([
    ['when a draft becomes final', invoice({ status: 'DRAFT' }), invoice(), NOW],
    ['when an invoice is final at its first writing', null, invoice(), NOW],
    ['at the instant that it states', null, invoice({ finalAt: EARLIER }), EARLIER],
    ['now when it states an instant to come', null, invoice({ finalAt: LATER }), NOW],
    ['for a credit note', null, invoice({ type: 'CREDIT', open: false }), NOW],
    ['when nothing is to pay', null, invoice({ open: false }), NOW],
  ] as [string, InvoiceState | null, InvoiceState, Date][])('%s', (_what, before, after, at) => {
    expect(becomes(before, after)).toEqual(at);
  });

  it.each([
    ['while it is a draft', null, invoice({ status: 'DRAFT' })],
    ['when it was final before', invoice(), invoice({ open: false })],
    ['when it is archived', invoice(), invoice({ status: 'ARCHIVED' })],
    ['for self-billing', null, invoice({ selfBilling: true })],
  ])('not %s', (_what, before, after) => {
    expect(becomes(before, after)).toBeNull();
  });

  it('not on a payment', () => {
    expect(invoiceToFinal.startsOn!({ type: 'PAYMENT', before: null, after: payment(), at: NOW }, null)).toBeNull();
  });
});

describe('FAILED_PAYMENT starts', () => {
  it.each(['REFUSED', 'ERROR'])('when a payment is %s', (result) => {
    expect(pays(null, payment({ result }))).toEqual(NOW);
  });

  it('when a pending payment fails', () => {
    expect(pays(payment({ result: 'PENDING' }), payment())).toEqual(NOW);
  });

  it.each(['AUTHORIZED', 'PENDING', 'CANCELLED', 'CHARGED_BACK', 'REFUNDED'])('not when it is %s', (result) => {
    expect(pays(null, payment({ result }))).toBeNull();
  });

  it('not twice for one payment', () => {
    expect(pays(payment({ result: 'ERROR' }), payment())).toBeNull();
  });

  it.each(['CREATE_PAYMENT_METHOD', 'INIT_PRICING_PLAN_SUBSCRIPTION'])(
    'not while the customer is at the screen: %s',
    (contextType) => {
      expect(pays(null, payment({ contextType }))).toBeNull();
    },
  );
});

describe('OVERDUE', () => {
  const cadence = invoiceOverdue.cadence!;

  it.each([
    ['an invoice that is final and open', {}, true],
    ['a one-off invoice', { type: 'ONE_OFF' }, true],
    ['a draft', { status: 'DRAFT' }, false],
    ['an archived one', { status: 'ARCHIVED' }, false],
    ['a void one', { status: 'VOID' }, false],
    ['a credit note', { type: 'CREDIT' }, false],
    ['one without anything open', { open: false }, false],
    ['one without a due date', { dueDate: null }, false],
  ] as [string, Partial<InvoiceState>, boolean][])('reminds of %s: %#', (_what, overrides, expected) => {
    expect(cadence.qualifies(invoice(overrides))).toBe(expected);
  });

  it('counts from the due date, by the periods of its block', () => {
    expect(cadence.anchor(invoice())).toBe(EARLIER);
    expect(cadence.periods({ overdue: { periods: [{ type: 'DAY', value: 7 }] } })).toEqual([{ type: 'DAY', value: 7 }]);
    expect(cadence.periods(null)).toEqual([]);
  });
});

describe('the guard of', () => {
  it.each([
    ['OVERDUE lets an open invoice pass', invoiceOverdue, {}, null],
    ['OVERDUE stops when it was paid', invoiceOverdue, { invoice: invoiceFact({ openAmount: '0' }) }, 'INVOICE_PAID'],
    [
      'OVERDUE stops when it was overpaid',
      invoiceOverdue,
      { invoice: invoiceFact({ openAmount: '-0.01' }) },
      'INVOICE_PAID',
    ],
    [
      'OVERDUE stops when nobody knows what is open',
      invoiceOverdue,
      { invoice: invoiceFact({ openAmount: null }) },
      'INVOICE_PAID',
    ],
    [
      'OVERDUE stops when it was archived',
      invoiceOverdue,
      { invoice: invoiceFact({ status: 'ARCHIVED' }) },
      'INVOICE_ARCHIVED',
    ],
    ['OVERDUE stops when it is void', invoiceOverdue, { invoice: invoiceFact({ status: 'VOID' }) }, 'INVOICE_VOID'],
    ['OVERDUE stops for a draft', invoiceOverdue, { invoice: invoiceFact({ status: 'DRAFT' }) }, 'INVOICE_NOT_FINAL'],
    [
      'OVERDUE stops for a credit note',
      invoiceOverdue,
      { invoice: invoiceFact({ type: 'CREDIT' }) },
      'NOTHING_TO_COLLECT',
    ],
    ['OVERDUE stops without an invoice', invoiceOverdue, { invoice: null }, 'INVOICE_GONE'],
    ['TO_FINAL lets a paid invoice pass', invoiceToFinal, { invoice: invoiceFact({ openAmount: '0' }) }, null],
    [
      'TO_FINAL stops when it is void',
      invoiceToFinal,
      { invoice: invoiceFact({ status: 'VOID' }) },
      'INVOICE_NOT_FINAL',
    ],
    ['TO_FINAL stops without an invoice', invoiceToFinal, { invoice: null }, 'INVOICE_NOT_FINAL'],
    ['FAILED_PAYMENT lets a refused one pass', failedPayment, { payment: paymentFact('REFUSED') }, null],
    ['FAILED_PAYMENT needs no invoice', failedPayment, { payment: paymentFact('ERROR'), invoice: null }, null],
    [
      'FAILED_PAYMENT stops when the invoice was paid since',
      failedPayment,
      { payment: paymentFact('ERROR'), invoice: invoiceFact({ openAmount: '0' }) },
      'INVOICE_PAID',
    ],
    [
      'FAILED_PAYMENT stops when it succeeded after all',
      failedPayment,
      { payment: paymentFact('AUTHORIZED') },
      'PAYMENT_NOT_FAILED',
    ],
    ['FAILED_PAYMENT stops without a payment', failedPayment, {}, 'PAYMENT_GONE'],
  ])('%s', (_rule, variant, overrides, reason) => {
    expect(variant.guard(facts(overrides), { config: null, now: NOW })?.reason ?? null).toBe(reason);
  });
});

describe('what a template may say', () => {
  const english = formatter('en-GB', 'Europe/Amsterdam');

  it('counts the days overdue by the calendar of the reader', () => {
    const due = invoiceFact({ dueDate: new Date('2026-06-08T22:30:00Z') });
    const at = new Date('2026-06-10T21:59:00Z');
    const amsterdam = { ...due, document: { timezone: 'Europe/Amsterdam' } };
    expect(invoiceOverdue.variables(facts({ invoice: amsterdam }), english, at, null).days_overdue).toBe(1);
    expect(invoiceOverdue.variables(facts({ invoice: due }), english, at, null).days_overdue).toBe(2);
    const early = facts({ invoice: invoiceFact({ dueDate: LATER }) });
    expect(invoiceOverdue.variables(early, english, NOW, null).days_overdue).toBe(-10);
  });

  it('says that nothing is to pay for credit notes and paid invoices', () => {
    const open = { open_invoice_amount: { quantity: '10.00', currency: 'EUR' } };
    const says = (fact: InvoiceFact | null) =>
      invoiceToFinal.variables(facts({ invoice: fact }), english, NOW, null).nothing_to_pay;
    expect(says(invoiceFact({ document: open }))).toBe(false);
    expect(says(invoiceFact({ document: open, type: 'CREDIT' }))).toBe(true);
    expect(says(invoiceFact({ openAmount: '0.00' }))).toBe(true);
    expect(says(null)).toBe(true);
  });

  it('has the same names whatever is known, so that strict templates find them', () => {
    const full = Object.keys(
      failedPayment.variables(facts({ payment: paymentFact('REFUSED') }), english, NOW, null),
    ).sort();
    expect(Object.keys(failedPayment.variables(facts({ invoice: null }), english, NOW, null)).sort()).toEqual(full);
  });

  it('names the card of a payment', () => {
    const card = { payment_method_details: { card: { brand: 'VISA', last_four_digits: '4242' } } };
    const fact = { ...paymentFact('REFUSED'), document: card };
    expect(failedPayment.variables(facts({ payment: fact }), english, NOW, null).payment_method).toBe('VISA •••• 4242');
  });
});

describe('a manual trigger', () => {
  it('wants a final invoice', () => {
    for (const { manualProblem } of [invoiceToFinal, invoiceOverdue]) {
      expect(manualProblem(invoice({ open: false }))).toBeNull();
      expect(manualProblem(invoice({ status: 'DRAFT' }))).toMatch(/finalise/);
    }
    expect(failedPayment.manualProblem(payment({ result: 'AUTHORIZED' }))).toBeNull();
  });
});
