import { randomAlphanumerics } from '#kernel/ids';
import { type Answer, type RunningApi } from './start-api.js';

/** Bodies with sensible defaults: a test names only what it is about. */
export const given = {
  customer: (overrides: object = {}) => ({
    type: 'ORGANIZATION',
    reference: `customer-${randomAlphanumerics(8)}`,
    email: 'ap@customer.example',
    organization: { legal_name: 'Customer B.V.' },
    ...overrides,
  }),
  contact: (customerId: string, overrides: object = {}) => ({
    reference: `contact-${randomAlphanumerics(8)}`,
    customer_id: customerId,
    name: { first_name: 'Ada', last_name: 'Lovelace' },
    email: 'ada@customer.example',
    ...overrides,
  }),
  billingEntity: (overrides: object = {}) => ({
    reference: `entity-${randomAlphanumerics(8)}`,
    legal_name: 'Seller B.V.',
    timezone: 'Europe/Amsterdam',
    ...overrides,
  }),
  integration: (overrides: object = {}) => ({
    reference: `integration-${randomAlphanumerics(8)}`,
    type: 'EMAIL_PROVIDER',
    email_provider: { variant: 'SYSTEM' },
    ...overrides,
  }),
  paymentAcceptor: (overrides: object = {}) => ({
    reference: `acceptor-${randomAlphanumerics(8)}`,
    type: 'BANK_ACCOUNT',
    bank_account: { type: 'IBAN', iban: 'NL91ABNA0417164300' },
    ...overrides,
  }),
};

/** Creates one and answers its body; fails the test when the API refuses. */
export async function create(api: RunningApi, path: string, body: object): Promise<Answer['body']> {
  const answer = await api.call('POST', path, body);
  if (answer.status !== 201) throw new Error(`POST ${path} answered ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
}
