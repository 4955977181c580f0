import { days } from './given-workflows.js';
import { given } from './given.js';

/** Whose ids the bodies name. */
export interface Named {
  platformId: string;
  /** By the name of the collection. */
  ids: Record<string, string>;
}

const eur = (quantity: string) => ({ quantity, currency: 'EUR' });
const START = '2026-02-01T00:00:00Z';
const END = '2026-03-01T00:00:00Z';
let made = 0;
/** A reference that nothing has yet. */
const fresh = () => `made-${(made += 1)}`;

const apiKey = ({ platformId, ids }: Named) => ({
  description: 'For the matrix',
  account_memberships: [{ account_id: platformId, type: 'USER', role_ids: [ids.roles] }],
});

const customer = ({ ids }: Named) =>
  given.customer({
    reference: fresh(),
    ...(ids.customers === undefined ? {} : { parent_customer_id: ids.customers, parent_customer_ids: [ids.customers] }),
    ...(ids['billing-entities'] === undefined
      ? {}
      : { seller_details: { default_billing_entity_id: ids['billing-entities'] } }),
    locale: 'nl-NL',
    custom_fields: [{ reference: 'segment', value: 'gold' }],
  });

const billingEntity = () => given.billingEntity({ reference: fresh(), email: 'us@seller.example' });
const contact = ({ ids }: Named) => given.contact(ids.customers ?? '', { reference: fresh() });
const integration = () => given.integration({ reference: fresh(), name: 'System', status: 'ACTIVE' });

const paymentAcceptor = ({ ids }: Named) =>
  given.paymentAcceptor({
    reference: fresh(),
    customer_id: ids.customers,
    billing_entity_id: ids['billing-entities'],
    name: 'Bank',
  });

const subscriptionDetails = ({ ids }: Named) => ({
  customer_id: ids.customers,
  billing_entity_id: ids['billing-entities'],
  payment_acceptor_ids: [ids['payment-acceptors']],
  forward_customer_id: ids.customers,
  billing_currency: 'EUR',
  name: 'Power',
});

const subscription = (named: Named) => ({
  reference: fresh(),
  ...subscriptionDetails(named),
  pricing_plan_schedule_infos: [
    { pricing_plan_schedule: { type: 'TRIAL' }, start_at: START, end_at: END, pricing_plan: { name: 'Plus' } },
  ],
});

const schedule = ({ ids }: Named) => ({
  pricing_plan_subscription_id: ids['pricing-plan-subscriptions'],
  type: 'DEFAULT',
  start_at: START,
  end_at: END,
  pricing_plan: { name: 'Plus' },
});

const invoice = ({ platformId, ids }: Named) => ({
  type: 'ONE_OFF',
  invoice_number: fresh(),
  platform_id: platformId,
  customer_id: ids.customers,
  billing_entity_id: ids['billing-entities'],
  pricing_plan_subscription_ids: [ids['pricing-plan-subscriptions']],
  payment_acceptor_ids: [ids['payment-acceptors']],
  payment_actions: [{ type: 'BANK_ACCOUNT', payment_acceptor_id: ids['payment-acceptors'] }],
  ...(ids.invoices === undefined ? {} : { linked_invoices_ids: [ids.invoices] }),
  invoice_date: START,
  due_date: END,
  billing_currency: 'EUR',
  invoice_amount_including_tax: eur('121.00'),
  periods: [{ groups: [{ lines: [{ description: 'Work', amount_excluding_tax: eur('100.00') }] }] }],
});

const payment = ({ ids }: Named) => ({
  external_reference: fresh(),
  customer_id: ids.customers,
  invoice_id: ids.invoices,
  payment_acceptor_id: ids['payment-acceptors'],
  amount: eur('1.00'),
  result: 'AUTHORIZED',
});

const portalUrl = ({ ids }: Named) => ({
  type: 'PAY_INVOICE',
  customer_id: ids.customers,
  invoice: { id: ids.invoices },
  expiry_period: { type: 'WEEK', value: 1 },
});

const role = ({ platformId, ids }: Named) => ({
  name: `Role ${fresh()}`,
  entity_id: platformId,
  ...(ids.roles === undefined ? {} : { child_role_ids: [ids.roles] }),
});

const walletType = () => ({
  name: 'Prepaid',
  reference: fresh(),
  type: 'BALANCE',
  balance: { default_currency: 'EUR' },
});
const wallet = ({ ids }: Named) => ({
  reference: fresh(),
  wallet_type_id: ids['wallet-types'],
  customer_id: ids.customers,
});
const walletGrant = ({ ids }: Named) => ({
  customer_id: ids.customers,
  billing_entity_id: ids['billing-entities'],
  wallet_id: ids.wallets,
  grant_amount: eur('100.00'),
});

const webhook = () => ({ name: 'Endpoint', reference: fresh(), url: 'http://127.0.0.1:9/hook', active: true });

const workflow = ({ ids }: Named) => ({
  name: 'Reminders',
  type: 'INVOICE',
  reference: fresh(),
  status: 'INACTIVE',
  customer_ids: [ids.customers],
  invoice: { variant: 'TO_FINAL' },
});
const overdueWorkflow = (named: Named) => ({
  ...workflow(named),
  invoice: { variant: 'OVERDUE', overdue: { periods: days(7, 15) } },
});
const walletWorkflow = (named: Named) => ({
  ...workflow(named),
  type: 'WALLET',
  invoice: undefined,
  wallet: {
    variant: 'WALLET_BALANCE',
    wallet_balance: {
      wallet_type_id: named.ids['wallet-types'],
      comparator: 'LESS_THAN',
      threshold: { amount: eur('10.00') },
    },
  },
});

const workflowAction = ({ ids }: Named) => ({
  workflow_id: ids.workflows,
  type: 'SEND_EMAIL_TO_CUSTOMER',
  status: 'ACTIVE',
  send_email_to_customer: {
    integration_id: ids.integrations,
    template_name: 'invoice-final',
    from: { name: 'Billing', email: 'billing@example.com' },
  },
});

const trigger = ({ ids }: Named, about: object) => ({ type: 'MANUAL', customer_id: ids.customers, ...about });
const SEARCH = { search_fields: [], filter_fields: [] };

/** One body that the API takes, for each operation that takes one. */
export const VALID_BODIES: Record<string, (named: Named) => object> = {
  'POST /v1/api-keys': apiKey,
  'POST /v1/api-keys/search': ({ ids }) => ({ resource_id: ids['api-keys'] }),
  'PATCH /v1/api-keys/{resourceId}': apiKey,
  'POST /v1/billing-entities': billingEntity,
  'PUT /v1/billing-entities': billingEntity,
  'PATCH /v1/billing-entities/{resourceIdOrReference}': () => ({ legal_name: 'Renamed B.V.' }),
  'POST /v1/contacts': contact,
  'PUT /v1/contacts': contact,
  'PATCH /v1/contacts/{resourceId}': ({ ids }) => ({ customer_id: ids.customers, email: 'new@customer.example' }),
  'POST /v1/customers': customer,
  'PUT /v1/customers': customer,
  'PATCH /v1/customers/{resourceIdOrReference}': customer,
  'POST /v1/customers/search': () => SEARCH,
  'POST /v1/workflow-action-executions/search': () => SEARCH,
  'POST /v1/integrations': integration,
  'POST /v1/integrations/test-connection': () => ({ username_password: { username: 'us', password: 'secret' } }),
  'PATCH /v1/integrations/{resourceId}': () => ({ name: 'Renamed' }),
  'POST /v1/invoices': invoice,
  'PUT /v1/invoices': invoice,
  'PATCH /v1/invoices/{resourceId}': invoice,
  'POST /v1/invoices/search': () => SEARCH,
  'POST /v1/invoices/{resourceId}/send_by_email': ({ ids }) => ({ workflow_id: ids.workflows }),
  'POST /v1/oauth/token': () => ({ username: 'nobody', password: 'Wrong-password-1' }),
  'POST /v1/payment-acceptors': paymentAcceptor,
  'PATCH /v1/payment-acceptors/{resourceId}': paymentAcceptor,
  'POST /v1/payments': payment,
  'POST /v1/portal-urls': portalUrl,
  'PATCH /v1/portal-urls/{resourceId}': portalUrl,
  'POST /v1/pricing-plan-schedules': schedule,
  'PATCH /v1/pricing-plan-schedules/{resourceId}': schedule,
  'POST /v1/pricing-plan-subscriptions': subscription,
  'PUT /v1/pricing-plan-subscriptions': subscription,
  'PATCH /v1/pricing-plan-subscriptions/{resourceId}': subscriptionDetails,
  'POST /v1/pricing-plan-subscriptions/search': () => SEARCH,
  'POST /v1/pricing-plan-subscriptions/{resourceId}/cancel': () => ({ type: 'NOW' }),
  'POST /v1/roles': role,
  'PATCH /v1/roles/{resourceId}': role,
  'POST /v1/wallet-grants': walletGrant,
  'POST /v1/wallet-types': walletType,
  'PATCH /v1/wallet-types/{resourceIdOrReference}': () => ({ name: 'Renamed' }),
  'POST /v1/wallets': wallet,
  'POST /v1/wallets/{resourceIdOrReference}/balance': () => ({}),
  'POST /v1/webhooks': webhook,
  'POST /v1/webhooks/test-connection': webhook,
  'PATCH /v1/webhooks/{resourceId}': () => ({ name: 'Renamed' }),
  'PATCH /v1/webhooks/{resourceId}/secret-key': () => ({}),
  'POST /v1/workflow-actions': workflowAction,
  'PATCH /v1/workflow-actions/{resourceId}': workflowAction,
  'POST /v1/workflow-triggers': (named) =>
    trigger(named, {
      workflow_id: named.ids.workflows,
      invoice: { invoice_id: named.ids.invoices, manual: { user_id: named.ids.users, variant: 'TO_FINAL' } },
    }),
  'POST /v1/workflow-triggers/search': () => SEARCH,
  'POST /v1/workflows': workflow,
  'PATCH /v1/workflows/{resourceIdOrReference}': workflow,
  'POST /v1/workflows/search': () => SEARCH,
};

/** Further ones, right but for their workflow's type, for fields that cannot stand in the first: the operation and the body. */
export const MORE_VALID_BODIES: readonly [operation: string, body: (named: Named) => object][] = [
  ['POST /v1/workflows', overdueWorkflow],
  ['POST /v1/workflows', walletWorkflow],
  ...[
    ({ ids }: Named) => ({ payment: { payment_id: ids.payments } }),
    ({ ids }: Named) => ({
      pricing_plan_subscription: { pricing_plan_subscription_id: ids['pricing-plan-subscriptions'] },
    }),
    ({ ids }: Named) => ({
      pricing_plan_subscription: {
        pricing_plan_subscription_id: ids['pricing-plan-subscriptions'],
        pricing_plan_schedule_id: ids['pricing-plan-schedules'],
      },
    }),
    ({ ids }: Named) => ({ wallet: { wallet_id: ids.wallets } }),
  ].map((about): [string, (named: Named) => object] => [
    'POST /v1/workflow-triggers',
    (named) => trigger(named, { workflow_id: named.ids.workflows, ...about(named) }),
  ]),
];
