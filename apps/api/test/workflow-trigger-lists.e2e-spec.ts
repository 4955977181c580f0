import { newId } from '#kernel/ids';
import { GivenWorkflows } from './given-workflows.js';
import { type Answer, type RunningApi, startApi } from './start-api.js';

let api: RunningApi;
let given: GivenWorkflows;
/** An ACTIVE OVERDUE workflow with one ACTIVE action, for one customer, and an invoice of that customer. */
let customerId: string;
let workflowId: string;
let invoiceId: string;

beforeAll(async () => {
  api = await startApi();
  given = new GivenWorkflows(api);
  customerId = await given.customer();
  workflowId = await given.workflow({ customer_ids: [customerId] });
  await given.action(workflowId);
  await api.call('POST', `/v1/workflows/${workflowId}/activate`);
  invoiceId = await given.invoice({ customerId });
}, 60_000);
afterAll(() => api.stop());

const body = (overrides: object = {}) => ({
  type: 'MANUAL',
  workflow_id: workflowId,
  invoice: { invoice_id: invoiceId },
  ...overrides,
});
const create = (overrides: object = {}) => api.call('POST', '/v1/workflow-triggers', body(overrides));
const search = (search: object, query = '') => api.call('POST', `/v1/workflow-triggers/search${query}`, search);
const by = (name: string, value: string) => search({ filter_fields: [{ name, value }] });
const ids = ({ body }: Answer) => body.data.map(({ id }: { id: string }) => id);
const refusal = ({ status, body }: Answer) => [status, body.code, body.field];

describe('lists of triggers', () => {
  let triggerId: string;
  let paymentTriggerId: string;
  let paymentId: string;

  beforeAll(async () => {
    const own = await given.workflow({
      type: 'PAYMENT',
      status: 'ACTIVE',
      invoice: undefined,
      payment: { variant: 'FAILED_PAYMENT' },
    });
    paymentId = await given.payment({ customerId, invoiceId });
    const created = await create({ workflow_id: own, invoice: undefined, payment: { payment_id: paymentId } });
    paymentTriggerId = created.body.id;
    triggerId = (await create()).body.id;
  });

  it('begin with the newest', async () => {
    const { body } = await api.call('GET', '/v1/workflow-triggers?limit=2');
    expect(ids({ body } as Answer)).toEqual([triggerId, paymentTriggerId]);
  });

  it.each(['created_at', 'type'])('are ordered by %s', async (field) => {
    expect((await api.call('GET', `/v1/workflow-triggers?order_by=${field}&order_direction=asc`)).status).toBe(200);
  });

  it('refuse the order that the reference states as default: a trigger has no name', async () => {
    expect(refusal(await search({}, '?order_by=name'))).toEqual([400, 'INVALID_FIELD', 'order_by']);
    expect((await search({})).status).toBe(200);
  });

  it('are filtered by what a trigger is about', async () => {
    expect(ids(await by('id', triggerId))).toEqual([triggerId]);
    expect(ids(await by('payment_id', paymentId))).toEqual([paymentTriggerId]);
    expect(ids(await by('variant', 'FAILED_PAYMENT'))).toEqual([paymentTriggerId]);
    expect(ids(await by('invoice_id', invoiceId))).toContain(triggerId);
    expect(ids(await by('customer_id', customerId))).toContain(triggerId);
    expect(ids(await by('workflow_id', workflowId))).toContain(triggerId);
    expect(ids(await by('type', 'MANUAL'))).toContain(triggerId);
  });

  it.each(['pricing_plan_subscription_id', 'pricing_plan_schedule_id', 'wallet_id'])(
    'find nothing by an unknown %s',
    async (name) => {
      expect(ids(await by(name, 'none'))).toEqual([]);
    },
  );

  it('never take a payment for the invoice of the same id', async () => {
    expect(ids(await by('invoice_id', paymentId))).toEqual([]);
  });

  it('are filtered by a range of time', async () => {
    expect(ids(await by('created_at', '[2000-01-01T00:00:00Z,2000-02-01T00:00:00Z]'))).toEqual([]);
    expect(ids(await by('created_at', '[2000-01-01T00:00:00Z,]'))).toContain(triggerId);
  });

  it('refuse filters that they do not know and rules that are for subscriptions', async () => {
    expect(refusal(await by('colour', 'red'))).toEqual([400, 'INVALID_FIELD', 'filter_fields.0.name']);
    expect(refusal(await search({ selection_rule_fields: [{ name: 'a' }] }))).toEqual([
      400,
      'INVALID_FIELD',
      'selection_rule_fields',
    ]);
  });

  it('show what is asked to be expanded beside the ids, and ignore other names', async () => {
    const filter = { filter_fields: [{ name: 'id', values: [triggerId, paymentTriggerId] }] };
    const plain = (await search(filter, '?expand[]=nothing')).body.data[0];
    expect(plain).not.toHaveProperty('customer');
    const [trigger, payment] = (await search(filter, '?expand[]=ALL')).body.data;
    expect(trigger).toMatchObject({
      customer: { object_type: 'CUSTOMER', id: customerId },
      workflow: { object_type: 'WORKFLOW', id: workflowId },
      invoice: { invoice: { object_type: 'INVOICE', id: invoiceId } },
    });
    expect(payment.payment.payment).toMatchObject({ object_type: 'PAYMENT', id: paymentId });
    const one = (await search(filter, '?expand[]=customer&expand[]=payment_id')).body.data;
    expect(one[0]).toMatchObject({ customer: { id: customerId } });
    expect(one[0]).not.toHaveProperty('workflow');
    expect(one[1].payment.payment.id).toBe(paymentId);
  });
});

describe('a trigger of a wallet or a subscription', () => {
  const trigger = async (resourceType: string, resourceId: string, payload: object) => {
    const id = newId('workflowTrigger');
    const names = { id, type: 'EVENT', firingKey: id, workflowId, resourceType, resourceId, payload, variant: 'ANY' };
    await api.database.client.workflowTrigger.create({ data: { platformId: api.platformId, ...names } });
    return id;
  };

  it('shows its object when that is asked to be expanded (e.12)', async () => {
    const [walletId, subscriptionId] = [newId('wallet'), newId('pricingPlanSubscription')];
    const own = { platformId: api.platformId, customerId, document: {} };
    await api.database.client.wallet.create({ data: { ...own, id: walletId, walletTypeId: 'waty_1' } });
    await api.database.client.pricingPlanSubscription.create({ data: { ...own, id: subscriptionId } });
    const ofWallet = await trigger('WALLET', walletId, { wallet_id: walletId });
    const payload = { pricing_plan_subscription_id: subscriptionId, pricing_plan_schedule_id: 'ppsc_1' };
    const ofTrial = await trigger('PRICING_PLAN_SUBSCRIPTION', 'ppsc_1', payload);
    const filter = { filter_fields: [{ name: 'id', values: [ofWallet, ofTrial] }] };
    const shown = async (query: string) => {
      const { data } = (await search(filter, `?order_by=type&order_direction=asc&${query}`)).body;
      const byId = new Map(data.map((row: { id: string }) => [row.id, row]));
      return [byId.get(ofWallet), byId.get(ofTrial)];
    };
    const whole = [
      { wallet: { wallet_id: walletId, wallet: { object_type: 'WALLET', id: walletId } } },
      {
        pricing_plan_subscription: {
          ...payload,
          pricing_plan_subscription: { object_type: 'PRICING_PLAN_SUBSCRIPTION', id: subscriptionId },
        },
      },
    ];
    expect(await shown('expand[]=ALL')).toMatchObject(whole);
    expect(await shown('expand=wallet_id,pricing_plan_subscription')).toMatchObject(whole);
    const listed = (await api.call('GET', `/v1/workflow-triggers?id=${ofWallet}&expand=wallet`)).body.data;
    expect(listed).toMatchObject([whole[0]]);
    expect(await shown('expand[]=invoice_id')).toMatchObject([{ wallet: { wallet_id: walletId } }, {}]);
    expect((await shown('expand[]=invoice_id'))[0]).not.toHaveProperty('wallet.wallet');
  });
});
