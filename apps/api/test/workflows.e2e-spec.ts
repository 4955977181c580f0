import { newId } from '#kernel/ids';
import { until } from '#testing/until';
import { exclusiveLock, shareLock } from '#workflows/data/platform-lock';
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
const get = (id: string) => api.call('GET', `/v1/workflows/${id}`);
const post = (id: string, verb: string) => api.call('POST', `/v1/workflows/${id}/${verb}`);
const search = (body: object, query = '') => api.call('POST', `/v1/workflows/search${query}`, body);
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

describe('changing a workflow', () => {
  it('merges the patch and leaves the rest', async () => {
    const id = await given.workflow({ description: 'old' });
    const { status, body } = await patch(id, { name: 'Dunning', invoice: { overdue: { periods: days(3) } } });
    expect(status).toBe(200);
    expect(body).toMatchObject({ name: 'Dunning', description: 'old', invoice: overdue(3) });
  });

  it('clears what may be null and refuses null elsewhere', async () => {
    const customer = await given.customer();
    const id = await given.workflow({ description: 'old', customer_ids: [customer] });
    const { body } = await patch(id, { description: null, customer_ids: null });
    expect(body).not.toHaveProperty('description');
    expect(body).not.toHaveProperty('customer_ids');
    expect(refusal(await patch(id, { name: null }))).toEqual([400, 'INVALID_FIELD', 'name']);
    expect(refusal(await patch(id, { invoice: null }))).toEqual([400, 'INVALID_FIELD', 'invoice']);
  });

  it('changes nothing when it is what it was', async () => {
    const customer = await given.customer();
    const id = await given.workflow({ description: 'x', customer_ids: [customer], status: 'ACTIVE' });
    const before = await row(id);
    const { body } = await get(id);
    expect((await patch(id, body)).body).toEqual(body);
    expect(await row(id)).toEqual(before);
  });

  it('raises the revision when something is different', async () => {
    const id = await given.workflow();
    await patch(id, { name: 'Dunning' });
    expect((await row(id)).revision).toBe(2n);
  });

  it('finds it by reference, and by id first', async () => {
    const { body } = await create({ reference: 'by-reference' });
    expect((await get('by-reference')).body.id).toBe(body.id);
    expect((await patch('by-reference', { name: 'Found' })).body).toMatchObject({ id: body.id, name: 'Found' });
    expect((await get('By-Reference')).status).toBe(404);
  });

  it('refuses an emptied customer list (it would become a mass mailing)', async () => {
    const id = await given.workflow({ customer_ids: [await given.customer()] });
    expect(refusal(await patch(id, { customer_ids: [] }))).toEqual([400, 'INVALID_FIELD', 'customer_ids']);
    expect((await row(id)).scoped).toBe(true);
  });

  it('never changes the type', async () => {
    const id = await given.workflow();
    expect(refusal(await patch(id, { type: 'PAYMENT' }))).toEqual([400, 'INVALID_FIELD', 'type']);
    expect((await patch(id, { type: 'INVOICE' })).status).toBe(200);
  });

  it('changes the variant, with the settings of the old one gone, until it was triggered', async () => {
    const id = await given.workflow();
    const { body } = await patch(id, { invoice: { variant: 'TO_FINAL' } });
    expect(body.invoice).toEqual({ variant: 'TO_FINAL' });
    await api.database.client.workflowTrigger.create({
      data: {
        platformId: api.platformId,
        id: newId('workflowTrigger'),
        workflowId: id,
        type: 'EVENT',
        firingKey: id,
        resourceType: 'INVOICE',
        resourceId: 'invo_1',
        variant: 'TO_FINAL',
        payload: {},
      },
    });
    expect(refusal(await patch(id, { invoice: overdue(7) }))).toEqual([400, 'INVALID_OPERATION', 'invoice.variant']);
  });

  it('refuses settings of another variant that the patch states', async () => {
    const id = await given.workflow();
    const invoice = { variant: 'TO_FINAL', overdue: { periods: days(7) } };
    expect(refusal(await patch(id, { invoice }))).toEqual([400, 'INVALID_FIELD', 'invoice.overdue']);
  });

  it('may keep a customer who was deleted since', async () => {
    const customer = await given.customer();
    const id = await given.workflow({ customer_ids: [customer] });
    await api.database.client.customer.updateMany({ where: { id: customer }, data: { deletedAt: new Date() } });
    expect((await patch(id, { name: 'Still', customer_ids: [customer] })).status).toBe(200);
  });

  it('answers 409 for a reference that another one has', async () => {
    const [first, second] = [await given.workflow(), await given.workflow()];
    const { reference } = (await get(first)).body;
    expect(refusal(await patch(second, { reference }))).toEqual([409, 'RESOURCE_ALREADY_EXISTS', 'reference']);
  });
});

describe('what a change of an ACTIVE workflow records', () => {
  it('starts a new step now, keeps the others and enrols again', async () => {
    const id = await given.workflow({ status: 'ACTIVE' });
    const before = await row(id);
    await api.database.client.workflow.updateMany({ where: { id }, data: { enrolCursor: null, enrolledCount: 5 } });
    await patch(id, { invoice: { overdue: { periods: days(7, 30) } } });
    const after = await row(id);
    expect(after.activatedAt).toEqual(before.activatedAt);
    expect(after).toMatchObject({ enrolCursor: '', enrolledCount: 5 });
    const steps = after.stepsSince as Record<string, string>;
    expect(Object.keys(steps).sort()).toEqual(['30 DAY', '7 DAY']);
    expect(steps['7 DAY']).toBe((before.stepsSince as Record<string, string>)['7 DAY']);
    expect(new Date(steps['30 DAY']!).getTime()).toBeGreaterThan(before.activatedAt!.getTime());
  });

  it('starts customers when they come into the scope', async () => {
    const [a, b] = [await given.customer(), await given.customer()];
    const id = await given.workflow({ status: 'ACTIVE', customer_ids: [a] });
    const entered = ((await row(id)).scopeSince as Record<string, string>)[a];
    await patch(id, { customer_ids: [a, b] });
    const scope = (await row(id)).scopeSince as Record<string, string>;
    expect(scope[a]).toBe(entered);
    expect(new Date(scope[b]!) > new Date(entered!)).toBe(true);
  });

  it('leaves an enrolment alone when another thing changes', async () => {
    const id = await given.workflow({ status: 'ACTIVE' });
    await api.database.client.workflow.updateMany({ where: { id }, data: { enrolCursor: 'invo_5' } });
    await patch(id, { name: 'Dunning' });
    expect((await row(id)).enrolCursor).toBe('invo_5');
  });

  it('starts everything anew when it is activated again', async () => {
    const id = await given.workflow({ status: 'ACTIVE' });
    const first = (await row(id)).activatedAt!;
    await post(id, 'deactivate');
    expect((await row(id)).enrolCursor).toBeNull();
    await post(id, 'activate');
    const again = await row(id);
    expect(again.activatedAt!.getTime()).toBeGreaterThan(first.getTime());
    expect(again.stepsSince).toEqual({
      '7 DAY': again.activatedAt!.toISOString(),
      '15 DAY': again.activatedAt!.toISOString(),
    });
  });

  it('waits for records in flight, so that each sees the workflow either before or after', async () => {
    const id = await given.workflow();
    let answered = false;
    let pending: Promise<unknown> | undefined;
    await api.database.transaction(async (tx) => {
      await shareLock(tx, api.platformId);
      pending = post(id, 'activate').then(() => (answered = true));
      await until(somebodyWaits);
      expect(answered).toBe(false);
      expect(
        (await tx.workflow.findUniqueOrThrow({ where: { platformId_id: { platformId: api.platformId, id } } })).status,
      ).toBe('INACTIVE');
    });
    await pending;
    expect(answered).toBe(true);
  });

  it('holds no other platform up', async () => {
    const id = await given.workflow();
    const other = await api.platform();
    await api.database.transaction(async (tx) => {
      await exclusiveLock(tx, other.platformId);
      expect((await post(id, 'activate')).status).toBe(200);
    });
  });
});

/** Whether somebody waits for an advisory lock in this database. */
async function somebodyWaits(): Promise<boolean> {
  const waiting = await api.database.client.$queryRaw<unknown[]>`
    SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
       AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
  return waiting.length > 0;
}

describe('lists of workflows', () => {
  const references = ({ body }: Answer) => body.data.map((workflow: { reference: string }) => workflow.reference);

  it('begin with the newest, in pages that link to each other', async () => {
    const platform = await api.platform();
    const headers = { 'x-api-key': platform.key };
    for (const name of ['a', 'b', 'c'])
      await api.call('POST', '/v1/workflows', workflowBody({ reference: name }), headers);
    const first = await api.call('GET', '/v1/workflows?limit=2', undefined, headers);
    expect(first.body).toMatchObject({ page: 1, limit: 2, total_number_of_pages: null, links: { previous: null } });
    expect(references(first)).toEqual(['c', 'b']);
    const next = new URL(first.body.links.next);
    const second = await api.call('GET', next.pathname + next.search, undefined, headers);
    expect(references(second)).toEqual(['a']);
    expect(second.body.links.next).toBeNull();
  });

  it.each(['name', 'reference', 'type', 'status', 'created_at', 'updated_at'])('are ordered by %s', async (field) => {
    expect((await api.call('GET', `/v1/workflows?order_by=${field}&order_direction=asc`)).status).toBe(200);
  });

  it('refuse another order', async () => {
    expect(refusal(await api.call('GET', '/v1/workflows?order_by=description'))).toEqual([
      400,
      'INVALID_FIELD',
      'order_by',
    ]);
  });

  it('find by part of a text, whatever its case', async () => {
    await given.workflow({ name: 'Zebra reminders', reference: 'zebra-1' });
    const field = { name: 'name', value: 'ZEBRA', wildcard_end: true, ignore_case: true };
    expect(references(await search({ search_fields: [field] }))).toEqual(['zebra-1']);
  });

  it('are narrowed by statuses, with ARCHIVED found unless they say otherwise', async () => {
    const id = await given.workflow({ reference: 'gone' });
    await post(id, 'archive');
    const filter = { filter_fields: [{ name: 'id', value: id }] };
    expect(references(await search(filter))).toEqual(['gone']);
    expect(references(await search(filter, '?statuses[]=ARCHIVED'))).toEqual(['gone']);
    expect(references(await search(filter, '?statuses[]=ACTIVE&statuses[]=DRAFT'))).toEqual([]);
    expect(refusal(await search({}, '?statuses[]=ACTIVE&statuses[]=RUNNING'))).toEqual([
      400,
      'INVALID_FIELD',
      'statuses.1',
    ]);
  });

  it('show the customers of their scopes when asked to expand them', async () => {
    const customer = await given.customer();
    const id = await given.workflow({ customer_ids: [customer] });
    const filter = { filter_fields: [{ name: 'id', value: id }] };
    const [workflow] = (await search(filter, '?expand[]=customer_ids')).body.data;
    expect(workflow).toMatchObject({
      customer_ids: [customer],
      customers: [{ object_type: 'CUSTOMER', id: customer }],
    });
    expect((await search(filter, '?expand[]=platform')).body.data[0]).not.toHaveProperty('customers');
  });

  it('need the name of a filter and the text to find', async () => {
    const nameless = { filter_fields: [{ value: 'x' }] };
    expect(refusal(await search(nameless))).toEqual([400, 'MISSING_FIELD', 'filter_fields.0.name']);
    expect(refusal(await search({ search_fields: [{}] }))).toEqual([400, 'MISSING_FIELD', 'search_fields.0.value']);
  });

  it('refuse a filter that they do not know', async () => {
    expect(refusal(await search({ filter_fields: [{ name: 'colour', value: 'red' }] }))).toEqual([
      400,
      'INVALID_FIELD',
      'filter_fields.0.name',
    ]);
  });
});

describe('permissions', () => {
  it('let a READ_ONLY key look and nothing else', async () => {
    const id = await given.workflow();
    await api.database.client.apiKey.updateMany({
      where: { platformId: api.platformId },
      data: { roleType: 'ADMINISTRATOR' },
    });
    const { key, platformId } = await api.platform();
    await api.database.client.apiKey.updateMany({ where: { platformId }, data: { roleType: 'READ_ONLY' } });
    const call = (method: string, path: string) => api.call(method, path, {}, { 'x-api-key': key });
    expect((await call('POST', '/v1/workflows/search')).status).toBe(200);
    for (const path of ['/v1/workflows', `/v1/workflows/${id}/activate`]) {
      expect(refusal(await call('POST', path))).toEqual([403, 'USER_NOT_ALLOWED', undefined]);
    }
  });
});
