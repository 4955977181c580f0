import { WakeListener } from '#database/wake';
import { newId } from '#kernel/ids';
import { until } from '#testing/until';
import { days, GivenWorkflows } from './given-workflows.js';
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
const get = (id: string) => api.call('GET', `/v1/workflow-triggers/${id}`);
const search = (search: object, query = '') => api.call('POST', `/v1/workflow-triggers/search${query}`, search);
const by = (name: string, value: string) => search({ filter_fields: [{ name, value }] });
const ids = ({ body }: Answer) => body.data.map(({ id }: { id: string }) => id);
const refusal = ({ status, body }: Answer) => [status, body.code, body.field];
const executionsOf = (triggerId: string) =>
  api.database.client.workflowActionExecution.findMany({ where: { triggerId } });

describe('a manual trigger', () => {
  it('is on record with one execution per ACTIVE action', async () => {
    const { status, body } = await create();
    expect(status).toBe(201);
    expect(body).toEqual({
      object_type: 'WORKFLOW_TRIGGER',
      id: expect.stringMatching(/^wkft_[A-Za-z0-9]{20}$/),
      customer_id: customerId,
      workflow_id: workflowId,
      type: 'MANUAL',
      invoice: {
        invoice_id: invoiceId,
        manual: { variant: 'OVERDUE', overdue: { period: { type: 'DAY', value: 7 } } },
      },
      period: { type: 'DAY', value: 7 },
      status: 'PENDING',
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    });
    expect(await executionsOf(body.id)).toMatchObject([{ state: 'PENDING', manual: true, invoiceId }]);
    expect((await get(body.id)).body).toEqual(body);
  });

  it('is never taken for one that has been there', async () => {
    const [first, second] = [await create(), await create()];
    expect(first.body.id).not.toBe(second.body.id);
  });

  it('stands for the step that is stated', async () => {
    const manual = { variant: 'OVERDUE', overdue: { period: { type: 'DAY', value: 15 } } };
    const { body } = await create({ invoice: { invoice_id: invoiceId, manual } });
    expect(body.period).toEqual({ type: 'DAY', value: 15 });
  });

  it('ignores who a client says has asked, and what the system alone records', async () => {
    const invoice = { invoice_id: invoiceId, manual: { user_id: 'user_1' }, event: { variant: 'OVERDUE' } };
    const { status, body } = await create({ invoice });
    expect(status).toBe(201);
    expect(body.invoice).not.toHaveProperty('event');
    expect(body.invoice.manual).not.toHaveProperty('user_id');
  });

  it('takes the one ACTIVE workflow that matches when none is named', async () => {
    expect((await create({ workflow_id: undefined })).body.workflow_id).toBe(workflowId);
  });

  it('is refused as an EVENT: the system alone records those', async () => {
    expect(refusal(await create({ type: 'EVENT' }))).toEqual([400, 'INVALID_FIELD', 'type']);
  });

  it.each([
    ['no type', { type: undefined }, 'MISSING_FIELD', 'type'],
    ['no object', { invoice: undefined }, 'MISSING_FIELD', 'invoice'],
    ['an object without its id', { invoice: {} }, 'MISSING_FIELD', 'invoice.invoice_id'],
    ['two objects', { payment: { payment_id: 'paym_1' } }, 'INVALID_FIELD', 'payment'],
    [
      'another variant',
      { invoice: { invoice_id: 'x', manual: { variant: 'NEVER' } } },
      'INVALID_FIELD',
      'invoice.manual.variant',
    ],
  ])('is refused with %s', async (_what, overrides, code, field) => {
    expect(refusal(await create(overrides))).toEqual([400, code, field]);
  });

  it.each([
    ['without a type', { value: 7 }, 'MISSING_FIELD', 'type'],
    ['without a value', { type: 'DAY' }, 'MISSING_FIELD', 'value'],
    ['of null days', { type: 'DAY', value: null }, 'INVALID_FIELD', 'value'],
    ['of 3651 days', { type: 'DAY', value: 3651 }, 'INVALID_FIELD', 'value'],
  ])('is refused with a period %s', async (_what, period, code, part) => {
    const answer = await create({ invoice: { invoice_id: invoiceId, manual: { overdue: { period } } } });
    expect(refusal(answer)).toEqual([400, code, `invoice.manual.overdue.period.${part}`]);
  });

  it('is refused for a variant of another workflow', async () => {
    const answer = await create({ invoice: { invoice_id: invoiceId, manual: { variant: 'TO_FINAL' } } });
    expect(refusal(answer)).toEqual([400, 'INVALID_FIELD', 'invoice.manual.variant']);
  });

  it('is refused for a wallet that is not there', async () => {
    const answer = await create({ invoice: undefined, wallet: { wallet_id: 'wall_1' } });
    expect(refusal(answer)).toEqual([400, 'RESOURCE_NOT_FOUND', 'wallet.wallet_id']);
  });

  it('needs a workflow and an object of this platform', async () => {
    const foreign = await new GivenWorkflows(api, (await api.platform()).platformId).invoice();
    expect(refusal(await create({ invoice: { invoice_id: foreign } }))).toEqual([
      400,
      'RESOURCE_NOT_FOUND',
      'invoice.invoice_id',
    ]);
    expect(refusal(await create({ workflow_id: newId('workflow') }))).toEqual([
      400,
      'RESOURCE_NOT_FOUND',
      'workflow_id',
    ]);
  });

  it('needs an ACTIVE workflow, a customer in its scope and one that agrees', async () => {
    const paused = await given.workflow();
    expect(refusal(await create({ workflow_id: paused }))).toEqual([400, 'INVALID_OPERATION', 'workflow_id']);
    const other = await given.customer();
    const invoice = { invoice_id: await given.invoice({ customerId: other }) };
    expect(refusal(await create({ invoice }))).toEqual([400, 'INVALID_OPERATION', 'workflow_id']);
    expect(refusal(await create({ customer_id: other }))).toEqual([400, 'INVALID_FIELD', 'customer_id']);
  });

  it('needs a FINAL invoice, whatever is open on it', async () => {
    const draft = await given.invoice({ customerId, status: 'DRAFT' });
    expect(refusal(await create({ invoice: { invoice_id: draft } }))).toEqual([
      400,
      'INVALID_OPERATION',
      'invoice.invoice_id',
    ]);
    const paid = await given.invoice({ customerId, openAmount: '0' });
    expect((await create({ invoice: { invoice_id: paid } })).status).toBe(201);
  });

  it('tells the workers that something is due', async () => {
    let rings = 0;
    const listener = new WakeListener(api.databaseUrl, () => (rings += 1));
    await listener.start();
    const before = rings;
    await create();
    await until(() => rings > before);
    await listener.close();
  });
});

describe('a trigger on record', () => {
  it('says how its executions stand', async () => {
    const { body } = await create();
    await api.database.client.workflowActionExecution.updateMany({
      where: { triggerId: body.id },
      data: { state: 'SUCCEEDED', nextAttemptAt: null },
    });
    expect((await get(body.id)).body.status).toBe('COMPLETED');
  });

  it('is seen by its own platform alone', async () => {
    const { body } = await create();
    const { key } = await api.platform();
    const foreign = await api.call('GET', `/v1/workflow-triggers/${body.id}`, undefined, { 'x-api-key': key });
    expect(foreign).toMatchObject({
      status: 404,
      body: { code: 'RESOURCE_NOT_FOUND', resource_type: 'WORKFLOW_TRIGGER' },
    });
    expect((await api.call('GET', '/v1/workflow-triggers', undefined, { 'x-api-key': key })).body.data).toEqual([]);
  });

  it('shows the step of a reminder whose block has no place for it', async () => {
    const id = newId('workflowTrigger');
    const resource = { resourceType: 'INVOICE', resourceId: invoiceId, variant: 'UPCOMING_PAYMENT_REMINDER' };
    const payload = { invoice_id: invoiceId, event: { variant: 'UPCOMING_PAYMENT_REMINDER' } };
    await api.database.client.workflowTrigger.create({
      data: {
        platformId: api.platformId,
        id,
        workflowId,
        type: 'EVENT',
        firingKey: id,
        ...resource,
        payload,
        step: '3 DAY',
      },
    });
    expect((await get(id)).body).toMatchObject({ type: 'EVENT', period: { type: 'DAY', value: 3 }, invoice: payload });
  });
});

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

describe('a trigger of a workflow without actions', () => {
  it('has nothing to do', async () => {
    const workflow_id = await given.workflow({
      status: 'ACTIVE',
      invoice: { variant: 'OVERDUE', overdue: { periods: days(1) } },
    });
    expect((await create({ workflow_id })).body.status).toBe('SKIPPED');
  });
});
