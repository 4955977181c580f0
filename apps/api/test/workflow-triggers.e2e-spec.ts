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

describe('a trigger of a workflow without actions', () => {
  it('has nothing to do', async () => {
    const workflow_id = await given.workflow({
      status: 'ACTIVE',
      invoice: { variant: 'OVERDUE', overdue: { periods: days(1) } },
    });
    expect((await create({ workflow_id })).body.status).toBe('SKIPPED');
  });
});
