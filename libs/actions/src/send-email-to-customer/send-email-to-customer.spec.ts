import { type OwningWorkflow } from '../action-type.js';
import { findActionType } from '../types.js';
import { type EmailConfig } from './email-config.js';
import { sendEmailToCustomer } from './type.js';

const overdue: OwningWorkflow = { type: 'INVOICE', variant: 'OVERDUE' };
const upcoming: OwningWorkflow = { type: 'INVOICE', variant: 'UPCOMING_PAYMENT_REMINDER' };
const failedPayment: OwningWorkflow = { type: 'PAYMENT', variant: 'FAILED_PAYMENT' };
const draftWorkflow: OwningWorkflow = { type: 'INVOICE', variant: null };

const complete: EmailConfig = {
  integration_id: 'inte_1',
  template_name: 'invoice-overdue',
  from: { name: 'Billing', email: 'billing@example.com' },
};

function problem(config: EmailConfig, workflow: OwningWorkflow, needsAll = true): string | null {
  try {
    sendEmailToCustomer.check(config, workflow, needsAll);
    return null;
  } catch (error) {
    const { code, details } = error as { code: string; details: { field?: string } };
    return `${code} ${details.field ?? ''}`;
  }
}

/** The dotted path of the first thing that the schema refuses. */
function refusedField(config: unknown): string | undefined {
  const result = sendEmailToCustomer.schema.safeParse(config);
  return result.success ? undefined : result.error.issues[0]?.path.join('.');
}

describe('the type SEND_EMAIL_TO_CUSTOMER', () => {
  it('is found by its name, and no other is', () => {
    expect(findActionType('SEND_EMAIL_TO_CUSTOMER')).toBe(sendEmailToCustomer);
    expect(findActionType('CALL_WEBHOOK')).toBeUndefined();
  });

  it('names the integration that delivers its mail', () => {
    expect(sendEmailToCustomer.integration(complete)).toEqual({
      id: 'inte_1',
      field: 'send_email_to_customer.integration_id',
      type: 'EMAIL_PROVIDER',
    });
    expect(sendEmailToCustomer.integration({})).toBeNull();
  });
});

describe('defaults of a mail', () => {
  it('follow the workflow, with every option off', () => {
    expect(sendEmailToCustomer.withDefaults(complete, overdue)).toEqual({
      ...complete,
      variant: 'INVOICE',
      invoice: {
        type: 'OVERDUE',
        include_pdf: false,
        include_payment_link: false,
        include_customer_contacts_as_cc: false,
      },
    });
    expect(sendEmailToCustomer.withDefaults({}, failedPayment)).toEqual({
      variant: 'PAYMENT',
      payment: { include_customer_contacts_as_cc: false },
    });
  });

  it('keep what is stated', () => {
    const stated = { variant: 'INVOICE' as const, invoice: { include_pdf: true } };
    expect(sendEmailToCustomer.withDefaults(stated, overdue).invoice).toMatchObject({
      include_pdf: true,
      type: 'OVERDUE',
    });
  });

  it('leave the type of the invoice open while the workflow has no variant', () => {
    expect(sendEmailToCustomer.withDefaults({}, draftWorkflow).invoice).not.toHaveProperty('type');
  });
});

describe('a mail', () => {
  it.each([
    [
      'of an invoice workflow',
      { ...complete, variant: 'INVOICE', invoice: { type: 'OVERDUE', include_pdf: true } },
      overdue,
    ],
    ['of a payment workflow', { ...complete, payment: { include_customer_contacts_as_cc: true } }, failedPayment],
    ['with options that are off before the charge date', { ...complete, invoice: { include_pdf: false } }, upcoming],
    ['of a workflow that has no variant yet', { ...complete, invoice: { type: 'TO_FINAL' } }, draftWorkflow],
  ] as [string, EmailConfig, OwningWorkflow][])('fits: %s', (_case, config, workflow) => {
    expect(problem(config, workflow)).toBeNull();
  });

  it.each([
    ['the variant of another type', { variant: 'PAYMENT' }, overdue, 'send_email_to_customer.variant'],
    ['the options of another variant', { payment: {} }, overdue, 'send_email_to_customer.payment'],
    [
      'the invoice type of another workflow',
      { invoice: { type: 'TO_FINAL' } },
      overdue,
      'send_email_to_customer.invoice.type',
    ],
    [
      'a PDF before the charge date',
      { invoice: { include_pdf: true } },
      upcoming,
      'send_email_to_customer.invoice.include_pdf',
    ],
    ['a template that is not there', { template_name: 'gone' }, overdue, 'send_email_to_customer.template_name'],
    ['a subject that is no template', { subject: 'Hello {{#if' }, overdue, 'send_email_to_customer.subject'],
    ['a subject with an unknown variable', { subject: '{{shoe_size}}' }, overdue, 'send_email_to_customer.subject'],
    [
      'a link before the charge date',
      { invoice: { include_payment_link: true } },
      upcoming,
      'send_email_to_customer.invoice.include_payment_link',
    ],
  ] as [string, EmailConfig, OwningWorkflow, string][])(
    'refuses %s, also in a draft',
    (_what, stated, workflow, field) => {
      expect(problem({ ...complete, ...stated }, workflow)).toBe(`INVALID_FIELD ${field}`);
      expect(problem(stated, workflow, false)).toBe(`INVALID_FIELD ${field}`);
    },
  );

  it('refuses a workflow whose type has no mail', () => {
    expect(problem(complete, { type: 'QUOTE', variant: 'SIGNED' })).toBe('INVALID_OPERATION workflow_id');
  });

  it('gives a workflow of wallets the options of a mail about wallets (e.24)', () => {
    const wallets = { type: 'WALLET', variant: 'WALLET_BALANCE' };
    expect(problem(complete, wallets)).toBeNull();
    expect(sendEmailToCustomer.withDefaults({}, wallets)).toEqual({
      variant: 'WALLET',
      wallet: { include_customer_contacts_as_cc: false },
    });
  });

  it.each([
    ['integration_id', { ...complete, integration_id: undefined }],
    ['template_name', { ...complete, template_name: undefined }],
    ['template_name', { ...complete, template_name: '' }],
    ['from.email', { ...complete, from: undefined }],
    ['from.email', { ...complete, from: { name: 'Billing' } }],
  ] as [string, EmailConfig][])('needs %s unless it is a draft', (field, config) => {
    expect(problem(config, overdue)).toBe(`MISSING_FIELD send_email_to_customer.${field}`);
    expect(problem(config, overdue, false)).toBeNull();
  });
});

describe('the schema of a mail', () => {
  const addresses = (count: number) => Array.from({ length: count }, (_, i) => `a${i}@example.com`);

  it('takes every part as optional', () => {
    expect(refusedField({})).toBeUndefined();
  });

  it('takes as many as 50 copies each', () => {
    expect(refusedField({ cc_recipients: addresses(50), bcc_recipients: addresses(50) })).toBeUndefined();
  });

  it.each([
    ['51 copies', { cc_recipients: addresses(51) }, 'cc_recipients'],
    ['51 blind copies', { bcc_recipients: addresses(51) }, 'bcc_recipients'],
    ['an address without @', { cc_recipients: ['a@example.com', 'nope'] }, 'cc_recipients.1'],
    ['an address that smuggles a header in', { from: { email: 'a@example.com\r\nBcc: b@example.com' } }, 'from.email'],
    ['a name that smuggles a header in', { from: { name: 'A\r\nBcc: b@example.com' } }, 'from.name'],
    ['a subject that smuggles a header in', { subject: 'Hello\nBcc: b@example.com' }, 'subject'],
    ['a bad address to reply to', { reply_to: { email: 'nope' } }, 'reply_to.email'],
    ['null where the contract has none', { template_name: null }, 'template_name'],
  ] as [string, object, string][])('refuses %s', (_what, config, field) => {
    expect(refusedField(config)).toBe(field);
  });
});
