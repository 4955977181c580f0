import { GivenWorkflows, workflowBody } from './given-workflows.js';
import { type Answer, type RunningApi, startApi } from './start-api.js';

let api: RunningApi;
let given: GivenWorkflows;

beforeAll(async () => {
  api = await startApi();
  given = new GivenWorkflows(api);
}, 60_000);
afterAll(() => api.stop());

const post = (id: string, verb: string) => api.call('POST', `/v1/workflows/${id}/${verb}`);
const search = (body: object, query = '') => api.call('POST', `/v1/workflows/search${query}`, body);
const refusal = ({ status, body }: Answer) => [status, body.code, body.field];

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
