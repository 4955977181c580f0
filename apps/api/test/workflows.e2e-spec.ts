import { newId } from '#kernel/ids';
import { days, GivenWorkflows, workflowBody } from './given-workflows.js';
import { type Answer, type RunningApi, startApi } from './start-api.js';

let api: RunningApi;
let given: GivenWorkflows;

beforeAll(async () => {
  api = await startApi();
  given = new GivenWorkflows(api);
}, 60_000);
afterAll(() => api.stop());

const create = (overrides: object = {}) => api.call('POST', '/v1/workflows', workflowBody(overrides));
const patch = (id: string, body: object) => api.call('PATCH', `/v1/workflows/${id}`, body);
const post = (id: string, verb: string) => api.call('POST', `/v1/workflows/${id}/${verb}`);
const row = (id: string) =>
  api.database.client.workflow.findUniqueOrThrow({ where: { platformId_id: { platformId: api.platformId, id } } });
const refusal = ({ status, body }: Answer) => [status, body.code, body.field];
const overdue = (...values: number[]) => ({ variant: 'OVERDUE', overdue: { periods: days(...values) } });
const upcoming = (...values: number[]) => ({
  variant: 'UPCOMING_PAYMENT_REMINDER',
  upcoming_payment: { periods: days(...values) },
});

describe('creating a workflow', () => {
  it('answers what was stated and omits what was not', async () => {
    const body = workflowBody();
    const answer = await api.call('POST', '/v1/workflows', body);
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({
      ...body,
      object_type: 'WORKFLOW',
      id: expect.stringMatching(/^wkfl_[A-Za-z0-9]{20}$/),
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      updated_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    });
  });

  it('ignores read-only and unknown fields', async () => {
    const { status, body } = await create({
      id: newId('workflow'),
      object_type: 'X',
      created_at: '2000-01-01T00:00:00Z',
      extra: 1,
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({ object_type: 'WORKFLOW', created_at: expect.stringMatching(/^20[2-9]/) });
    expect(body).not.toHaveProperty('extra');
  });

  it('takes a draft without its block', async () => {
    expect((await create({ status: 'DRAFT', invoice: undefined })).status).toBe(201);
  });

  it.each([
    ['a name', 'name'],
    ['a type', 'type'],
    ['a reference', 'reference'],
    ['a status', 'status'],
  ])('needs %s', async (_what, field) => {
    expect(refusal(await create({ [field]: undefined }))).toEqual([400, 'MISSING_FIELD', field]);
  });

  it.each([
    ['a name of two lines', { name: 'a\nb' }, 'name'],
    ['a name of 257 characters', { name: 'a'.repeat(257) }, 'name'],
    ['an empty reference', { reference: '' }, 'reference'],
    ['a reference with a space', { reference: 'a b' }, 'reference'],
    ['a reference that looks like an id', { reference: newId('workflow') }, 'reference'],
    ['the status ARCHIVED', { status: 'ARCHIVED' }, 'status'],
    ['an unknown status', { status: 'RUNNING' }, 'status'],
    ['an emptied customer list (it would become a mass mailing)', { customer_ids: [] }, 'customer_ids'],
    ['the block of another type', { payment: { variant: 'FAILED_PAYMENT' } }, 'payment'],
    [
      'a step twice in two units',
      { invoice: { variant: 'OVERDUE', overdue: { periods: [...days(7), { type: 'WEEK', value: 1 }] } } },
      'invoice.overdue.periods.1',
    ],
    ['half a day', { invoice: overdue(0.5) }, 'invoice.overdue.periods.0.value'],
    [
      'a period of an unknown type',
      { invoice: { variant: 'OVERDUE', overdue: { periods: [{ type: 'HOUR', value: 1 }] } } },
      'invoice.overdue.periods.0.type',
    ],
  ])('refuses %s', async (_what, overrides, field) => {
    expect(refusal(await create(overrides))).toEqual([400, 'INVALID_FIELD', field]);
  });

  it('needs its block unless it is a draft', async () => {
    expect(refusal(await create({ invoice: undefined }))).toEqual([400, 'MISSING_FIELD', 'invoice']);
  });

  it('refuses a reference that another workflow has, archived ones included', async () => {
    const { body } = await create({ reference: 'taken' });
    await post(body.id, 'archive');
    expect(refusal(await create({ reference: 'taken' }))).toEqual([409, 'RESOURCE_ALREADY_EXISTS', 'reference']);
  });

  it('keeps references of other platforms apart', async () => {
    const other = await api.platform();
    expect((await create({ reference: 'shared' })).status).toBe(201);
    const answer = await api.call('POST', '/v1/workflows', workflowBody({ reference: 'shared' }), {
      'x-api-key': other.key,
    });
    expect(answer.status).toBe(201);
  });

  it('takes a reference that differs in case only', async () => {
    expect((await create({ reference: 'Case' })).status).toBe(201);
    expect((await create({ reference: 'case' })).status).toBe(201);
  });

  it('names the position of a customer that does not exist here', async () => {
    const known = await given.customer();
    const foreign = await new GivenWorkflows(api, (await api.platform()).platformId).customer();
    const answer = await create({ customer_ids: [known, known, foreign] });
    expect(refusal(answer)).toEqual([400, 'RESOURCE_NOT_FOUND', 'customer_ids.2']);
    expect(answer.body.resource_type).toBe('CUSTOMER');
  });

  it('keeps each customer once', async () => {
    const id = await given.customer();
    expect((await create({ customer_ids: [id, id] })).body.customer_ids).toEqual([id]);
  });

  it('starts what it needs to know of its past when it is ACTIVE from the start', async () => {
    const { body } = await create({ status: 'ACTIVE' });
    const stored = await row(body.id);
    const since = stored.activatedAt!.toISOString();
    expect(stored).toMatchObject({
      variant: 'OVERDUE',
      scoped: false,
      stepsSince: { '7 DAY': since, '15 DAY': since },
      scopeSince: { '*': since },
      enrolCursor: '',
    });
  });
});

describe('a workflow of payments to come', () => {
  it('is kept and activated', async () => {
    const { status, body } = await create({ invoice: upcoming(3) });
    expect(status).toBe(201);
    expect((await post(body.id, 'activate')).body.status).toBe('ACTIVE');
  });
});

describe('the status of a workflow', () => {
  it.each([
    ['DRAFT', 'activate', 'ACTIVE'],
    ['DRAFT', 'deactivate', 'INACTIVE'],
    ['DRAFT', 'archive', 'ARCHIVED'],
    ['INACTIVE', 'activate', 'ACTIVE'],
    ['ACTIVE', 'activate', 'ACTIVE'],
    ['ACTIVE', 'deactivate', 'INACTIVE'],
    ['ACTIVE', 'archive', 'ARCHIVED'],
  ])('%s becomes by %s %s', async (status, verb, expected) => {
    const id = await given.workflow({ status });
    expect(await post(id, verb)).toMatchObject({ status: 200, body: { status: expected } });
  });

  it('stays ARCHIVED, which archiving again confirms', async () => {
    const id = await given.workflow();
    await post(id, 'archive');
    expect(await post(id, 'archive')).toMatchObject({ status: 200, body: { status: 'ARCHIVED' } });
    expect(refusal(await post(id, 'activate'))).toEqual([400, 'INVALID_OPERATION', 'status']);
    expect(refusal(await post(id, 'deactivate'))).toEqual([400, 'INVALID_OPERATION', 'status']);
    expect(refusal(await patch(id, {}))).toEqual([400, 'INVALID_OPERATION', undefined]);
    expect(refusal(await patch(id, { status: 'ARCHIVED' }))).toEqual([400, 'INVALID_OPERATION', undefined]);
  });

  it('never goes back to DRAFT', async () => {
    const id = await given.workflow();
    expect(refusal(await patch(id, { status: 'DRAFT' }))).toEqual([400, 'INVALID_OPERATION', 'status']);
  });

  it('needs what is missing before it leaves DRAFT', async () => {
    const id = await given.workflow({ status: 'DRAFT', invoice: { variant: 'OVERDUE' } });
    expect(refusal(await post(id, 'activate'))).toEqual([400, 'MISSING_FIELD', 'invoice.overdue.periods']);
    expect((await post(id, 'archive')).status).toBe(200);
  });

  it('is changed by PATCH under the same table', async () => {
    const id = await given.workflow();
    expect((await patch(id, { status: 'ACTIVE' })).body.status).toBe('ACTIVE');
  });

  it('answers 404 for a workflow of another platform', async () => {
    const id = await given.workflow();
    const { key } = await api.platform();
    for (const [method, path] of [
      ['GET', ''],
      ['PATCH', ''],
      ['POST', '/activate'],
    ]) {
      const body = method === 'GET' ? undefined : {};
      const answer = await api.call(method!, `/v1/workflows/${id}${path}`, body, { 'x-api-key': key });
      expect(answer).toMatchObject({
        status: 404,
        body: { code: 'RESOURCE_NOT_FOUND', resource_type: 'WORKFLOW', resource_id: id },
      });
    }
  });
});
