import { newId } from '#kernel/ids';
import { actionBody, days, emailBlock, GivenWorkflows } from './given-workflows.js';
import { type Answer, type RunningApi, startApi } from './start-api.js';

let api: RunningApi;
let given: GivenWorkflows;
/** An OVERDUE workflow and a working integration, for tests that are not about them. */
let workflowId: string;
let integrationId: string;

beforeAll(async () => {
  api = await startApi();
  given = new GivenWorkflows(api);
  [workflowId, integrationId] = [await given.workflow(), await given.integration()];
}, 60_000);
afterAll(() => api.stop());

const block = (overrides: object = {}) => emailBlock(integrationId, overrides);
const create = (email: object | undefined, overrides: object = {}) =>
  api.call('POST', '/v1/workflow-actions', actionBody(workflowId, email, overrides));
const get = (id: string) => api.call('GET', `/v1/workflow-actions/${id}`);
const post = (id: string, verb: string) => api.call('POST', `/v1/workflows/${id}/${verb}`);
const refusal = ({ status, body }: Answer) => [status, body.code, body.field];
const email = (field: string) => `send_email_to_customer.${field}`;
const upcoming = () =>
  given.workflow({ invoice: { variant: 'UPCOMING_PAYMENT_REMINDER', upcoming_payment: { periods: days(3) } } });

describe('creating an action', () => {
  it('answers what was stated with its defaults', async () => {
    const { status, body } = await create(block({ cc_recipients: ['cc@example.com'] }), {
      description: 'First reminder',
    });
    expect(status).toBe(201);
    expect(body).toEqual({
      object_type: 'WORKFLOW_ACTION',
      id: expect.stringMatching(/^wkfa_[A-Za-z0-9]{20}$/),
      workflow_id: workflowId,
      type: 'SEND_EMAIL_TO_CUSTOMER',
      description: 'First reminder',
      status: 'ACTIVE',
      send_email_to_customer: {
        ...block(),
        cc_recipients: ['cc@example.com'],
        variant: 'INVOICE',
        invoice: {
          type: 'OVERDUE',
          include_pdf: false,
          include_payment_link: false,
          include_customer_contacts_as_cc: false,
        },
      },
      created_at: expect.stringMatching(/Z$/),
      updated_at: expect.stringMatching(/Z$/),
    });
  });

  it('is found again', async () => {
    const { body } = await create(block());
    expect(await get(body.id)).toMatchObject({ status: 200, body });
  });

  it('takes a draft that lacks everything', async () => {
    expect((await create(undefined, { status: 'DRAFT' })).status).toBe(201);
    expect((await create({}, { status: 'DRAFT' })).status).toBe(201);
  });

  it.each([
    ['its block', undefined, 'send_email_to_customer'],
    ['an integration', { integration_id: undefined }, email('integration_id')],
    ['a template', { template_name: undefined }, email('template_name')],
    ['a sender', { from: undefined }, email('from.email')],
    ['the address of the sender', { from: { name: 'Billing' } }, email('from.email')],
  ])('needs %s unless it is a draft', async (_what, missing, field) => {
    const stated = missing && block(missing);
    expect(refusal(await create(stated))).toEqual([400, 'MISSING_FIELD', field]);
    expect(refusal(await create(stated, { status: 'INACTIVE' }))).toEqual([400, 'MISSING_FIELD', field]);
    expect((await create(stated, { status: 'DRAFT' })).status).toBe(201);
  });

  it.each([
    ['an address that is none', { cc_recipients: ['cc@example.com', 'nope'] }, email('cc_recipients.1')],
    ['a header in an address', { from: { email: 'a@example.com\r\nBcc: b@example.com' } }, email('from.email')],
    ['a header in the subject', { subject: 'Hello\r\nBcc: b@example.com' }, email('subject')],
    [
      '51 copies',
      { bcc_recipients: Array.from({ length: 51 }, (_, i) => `a${i}@example.com`) },
      email('bcc_recipients'),
    ],
    ['the variant of another type', { variant: 'PAYMENT' }, email('variant')],
    ['an unknown variant', { variant: 'QUOTE' }, email('variant')],
    ['the options of another variant', { payment: {} }, email('payment')],
    ['the invoice type of another workflow', { invoice: { type: 'TO_FINAL' } }, email('invoice.type')],
    ['null where the contract has none', { template_name: null }, email('template_name')],
  ])('refuses %s', async (_what, overrides, field) => {
    expect(refusal(await create(block(overrides)))).toEqual([400, 'INVALID_FIELD', field]);
  });

  it('refuses a PDF or a link before the charge date, and takes them when they are off', async () => {
    const on = { workflow_id: await upcoming() };
    for (const option of ['include_pdf', 'include_payment_link']) {
      const answer = await create(block({ invoice: { [option]: true } }), on);
      expect(refusal(answer)).toEqual([400, 'INVALID_FIELD', email(`invoice.${option}`)]);
      expect((await create(block({ invoice: { [option]: false } }), on)).status).toBe(201);
    }
  });

  it('refuses the status ARCHIVED and types that it does not know', async () => {
    expect(refusal(await create(block(), { status: 'ARCHIVED' }))).toEqual([400, 'INVALID_FIELD', 'status']);
    expect(refusal(await create(block(), { type: 'CALL_WEBHOOK' }))).toEqual([400, 'INVALID_FIELD', 'type']);
    expect(refusal(await create(block(), { type: undefined }))).toEqual([400, 'MISSING_FIELD', 'type']);
  });

  it('needs a workflow of this platform, by its id', async () => {
    const { reference } = (await api.call('GET', `/v1/workflows/${workflowId}`)).body;
    for (const workflow_id of [newId('workflow'), reference]) {
      const answer = await create(block(), { workflow_id });
      expect(refusal(answer)).toEqual([400, 'RESOURCE_NOT_FOUND', 'workflow_id']);
      expect(answer.body.resource_type).toBe('WORKFLOW');
    }
  });

  it('needs an integration of this platform that sends mail', async () => {
    const foreign = await new GivenWorkflows(api, (await api.platform()).platformId).integration();
    const deleted = await given.integration({ deletedAt: new Date() });
    for (const integration_id of [newId('integration'), foreign, deleted]) {
      expect(refusal(await create(block({ integration_id })))).toEqual([
        400,
        'RESOURCE_NOT_FOUND',
        email('integration_id'),
      ]);
    }
    const gateway = await given.integration({ type: 'PAYMENT_GATEWAY', variant: null });
    expect(refusal(await create(block({ integration_id: gateway })))).toEqual([
      400,
      'INVALID_FIELD',
      email('integration_id'),
    ]);
  });

  it('refuses a workflow that is archived', async () => {
    const archived = await given.workflow();
    await post(archived, 'archive');
    expect(refusal(await create(block(), { workflow_id: archived }))).toEqual([400, 'INVALID_OPERATION', undefined]);
  });
});

describe('the list of actions', () => {
  it('is a bare array, newest first, with its pages in the headers', async () => {
    const workflow = await given.workflow();
    const ids = [await given.action(workflow), await given.action(workflow), await given.action(workflow)].reverse();
    const list = (query: string) => api.call('GET', `/v1/workflow-actions?workflow_id=${workflow}${query}`);
    const all = await list('');
    expect(all.body.map(({ id }: { id: string }) => id)).toEqual(ids);
    const first = await list('&limit=2');
    expect(first.body).toHaveLength(2);
    expect(first.headers.get('X-Total-Count')).toBe('3');
    const next = new URL(/<([^>]+)>; rel="next"/.exec(first.headers.get('Link') ?? '')![1]!);
    const second = await api.call('GET', next.pathname + next.search);
    expect(second.body.map(({ id }: { id: string }) => id)).toEqual([ids[2]]);
    expect(second.headers.get('Link')).not.toContain('rel="next"');
  });

  it('is narrowed by workflow and statuses', async () => {
    const workflow = await given.workflow();
    await given.action(workflow);
    const draft = await given.action(workflow, { status: 'DRAFT' });
    const { body } = await api.call('GET', `/v1/workflow-actions?workflow_id=${workflow}&statuses[]=DRAFT`);
    expect(body.map(({ id }: { id: string }) => id)).toEqual([draft]);
  });

  it('shows workflow and integration when asked to expand them', async () => {
    const workflow = await given.workflow();
    await given.action(workflow, { send_email_to_customer: block() });
    const { body } = await api.call('GET', `/v1/workflow-actions?workflow_id=${workflow}&expand[]=ALL`);
    expect(body[0]).toMatchObject({
      workflow: { object_type: 'WORKFLOW', id: workflow },
      integration: { object_type: 'INTEGRATION', id: integrationId },
    });
  });

  it.each(['type', 'status', 'created_at', 'updated_at'])('is ordered by %s', async (field) => {
    expect((await api.call('GET', `/v1/workflow-actions?order_by=${field}`)).status).toBe(200);
  });

  it('shows nothing of another platform', async () => {
    const { key } = await api.platform();
    expect((await api.call('GET', '/v1/workflow-actions', undefined, { 'x-api-key': key })).body).toEqual([]);
  });
});
