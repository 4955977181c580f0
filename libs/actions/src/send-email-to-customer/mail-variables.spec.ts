import { type CustomerDocument, type MailFacts } from '#billing/mail-facts';
import { mailVariables } from './mail-variables.js';

function facts(document: CustomerDocument | null, overrides: Partial<MailFacts> = {}): MailFacts {
  const stated = {
    id: 'cust_1',
    status: 'ACTIVE',
    email: 'ap@customer.example',
    timezone: null,
    locale: 'nl-NL',
    revision: '1',
  };
  return {
    platform: { id: 'plat_1', name: 'Platform', timezone: 'UTC', locale: null },
    customer: document && { ...stated, document },
    contacts: [],
    invoice: null,
    wallet: null,
    subscription: null,
    payment: null,
    billingEntity: null,
    paymentAcceptors: [],
    integration: null,
    ...overrides,
  };
}

const extras = { paymentLink: null, hasPdf: false, bankAccounts: [], variant: 'TO_FINAL' };
const variables = (of: MailFacts, more: Partial<Parameters<typeof mailVariables>[1]> = {}) =>
  mailVariables(of, { ...extras, ...more }, 'en-GB');

describe('the customer in a mail', () => {
  it('is called by his legal name', () => {
    const document = { type: 'ORGANIZATION', organization: { legal_name: 'Customer Ltd' } };
    expect(variables(facts(document))).toMatchObject({
      customer_name: 'Customer Ltd',
      customer_legal_name: 'Customer Ltd',
      customer_is_organization: true,
      customer_first_name: null,
    });
  });

  it('is called by first name, infix and last name', () => {
    const name = { first_name: 'Anna', infix: 'van', last_name: 'Dijk' };
    expect(variables(facts({ type: 'INDIVIDUAL', individual: { name } }))).toMatchObject({
      customer_name: 'Anna van Dijk',
      customer_legal_name: 'Anna van Dijk',
      customer_first_name: 'Anna',
      customer_last_name: 'Dijk',
      customer_is_organization: false,
    });
  });

  it('is called by his address when he has no name', () => {
    expect(variables(facts({}))).toMatchObject({ customer_name: 'ap@customer.example', customer_legal_name: null });
  });
});

describe('the seller in a mail', () => {
  const registered = {
    line1: 'Kade 1',
    line2: '',
    postal_code: '1011 AB',
    city: 'Amsterdam',
    state: null,
    country: 'NL',
  };

  it('is as the invoice states him, also when the billing entity has moved since', () => {
    const document = { billing_entity: { legal_name: 'Seller B.V.' } };
    const invoice = {
      id: 'invo_1',
      status: 'FINAL',
      type: 'STANDARD',
      openAmount: null,
      dueDate: null,
      document,
      documentRevision: 1,
      printed: false,
      revision: '1',
    };
    const of = facts({}, { invoice, billingEntity: { legal_name: 'Renamed B.V.' } });
    expect(variables(of).billing_entity_legal_name).toBe('Seller B.V.');
  });

  it('is the billing entity where there is no invoice, else the platform', () => {
    const of = facts({}, { billingEntity: { legal_name: 'Seller B.V.', registered_address: registered } });
    expect(variables(of)).toMatchObject({
      billing_entity_legal_name: 'Seller B.V.',
      billing_entity_address_lines: ['Kade 1', '1011 AB Amsterdam', 'Netherlands'],
    });
    expect(variables(facts({})).billing_entity_legal_name).toBe('Platform');
  });

  it('has an address without empty lines', () => {
    const of = (registered_address: object | null) => facts({}, { billingEntity: { registered_address } });
    expect(variables(of({ line1: ' ', postal_code: '1011 AB' })).billing_entity_address_lines).toEqual(['1011 AB']);
    expect(variables(of(null)).billing_entity_address_lines).toEqual([]);
  });
});

describe('the ways to pay in a mail', () => {
  it('show an IBAN in fours', () => {
    const account = { iban: 'NL91ABNA0417164300', bic: '', reference: '2026-1' };
    expect(variables(facts({}), { bankAccounts: [account] }).bank_accounts).toMatchObject([
      { iban: 'NL91 ABNA 0417 1643 00', bic: null, reference: '2026-1' },
    ]);
  });
});

describe('the names that a template may use', () => {
  it('are the same whatever is known, so that strict templates find them', () => {
    const name = { first_name: 'Anna', last_name: 'Dijk' };
    const full = facts({ individual: { name }, reference: 'c-1' }, { billingEntity: { legal_name: 'Seller B.V.' } });
    expect(Object.keys(variables(facts({}))).sort()).toEqual(Object.keys(variables(full)).sort());
  });
});
