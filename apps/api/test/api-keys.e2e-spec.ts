import { builtInRoleId } from '../src/access/built-in-roles.js';
import { hashOfKey } from '../src/access/api-key.js';
import { create, given } from './given.js';
import { type RunningApi, startApi, STARTING_MS } from './start-api.js';

describe('API keys', () => {
  let api: RunningApi;

  beforeAll(async () => (api = await startApi()), STARTING_MS);
  afterAll(() => api.stop());

  const newKey = (overrides: object = {}) => create(api, '/v1/api-keys', { description: 'Test', ...overrides });
  const withRoles = (...names: string[]) =>
    newKey({ account_memberships: [{ account_id: api.platformId, type: 'USER', role_ids: names.map(builtInRoleId) }] });
  const as = (key: { api_key: string }, method: string, path: string, body?: unknown) =>
    api.call(method, path, body, { 'x-api-key': key.api_key });

  it('shows the secret once, when it is made (e.64)', async () => {
    const made = await newKey();
    expect(made).toMatchObject({ object_type: 'API_KEY', active: true, status: 'ACTIVE', role_type: 'ADMINISTRATOR' });
    expect(made.api_key.length).toBeGreaterThanOrEqual(20);
    const [got, listed, patched] = await Promise.all([
      api.call('GET', `/v1/api-keys/${made.id}`),
      api.call('GET', '/v1/api-keys'),
      api.call('PATCH', `/v1/api-keys/${made.id}`, { description: 'Renamed' }),
    ]);
    expect([got.body, patched.body, ...listed.body.data].map((key) => key.api_key)).not.toContain(made.api_key);
    expect(patched.body.description).toBe('Renamed');
    expect(JSON.stringify([got.body, listed.body, patched.body])).not.toContain(hashOfKey(made.api_key));
  });

  it('does not show the secret again when the request is repeated (e.64)', async () => {
    const post = () => api.call('POST', '/v1/api-keys', { description: 'Twice' }, { 'idempotency-key': 'once-1' });
    const [first, again] = [await post(), await post()];
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.body.id).toBe(first.body.id);
    expect(first.body.api_key).toMatch(/^sk_/);
    expect(again.body.api_key ?? null).toBeNull();
  });

  it('keeps the key nowhere, but its hash', async () => {
    const made = await newKey();
    const row = await api.database.client.apiKey.findUniqueOrThrow({ where: { hash: hashOfKey(made.api_key) } });
    expect(row.id).toBe(made.id);
    const [audit] = await api.database.client.$queryRaw<{ text: string }[]>`
      SELECT string_agg(a::text, ' ') AS text FROM audit_record a`;
    expect(audit?.text ?? '').not.toContain(made.api_key);
  });

  it('is an administrator key unless it is told otherwise (e.54)', async () => {
    expect((await as(await newKey(), 'POST', '/v1/customers', given.customer())).status).toBe(201);
    const readOnly = await newKey({ role_type: 'READ_ONLY' });
    expect((await as(readOnly, 'GET', '/v1/customers')).status).toBe(200);
    expect((await as(readOnly, 'POST', '/v1/customers', given.customer())).status).toBe(403);
    expect((await as(readOnly, 'POST', '/v1/api-keys', {})).status).toBe(403);
  });

  it.each([
    ['active: false', { active: false }, { active: true }],
    ['status: INACTIVE', { status: 'INACTIVE' }, { status: 'ACTIVE' }],
  ])('is switched off at once by %s, and on again (e.64)', async (_what, off, on) => {
    const key = await newKey();
    expect((await as(key, 'GET', '/v1/customers')).status).toBe(200);
    const patched = await api.call('PATCH', `/v1/api-keys/${key.id}`, off);
    expect(patched.body).toMatchObject({ active: false, status: 'INACTIVE' });
    expect((await as(key, 'GET', '/v1/customers')).status).toBe(401);
    await api.call('PATCH', `/v1/api-keys/${key.id}`, on);
    expect((await as(key, 'GET', '/v1/customers')).status).toBe(200);
  });

  it.each([
    ['a status that only people have', { status: 'INVITED' }, 'status'],
    ['two that contradict each other', { active: true, status: 'INACTIVE' }, 'active'],
  ])('refuses %s', async (_what, body, field) => {
    const answer = await api.call('POST', '/v1/api-keys', body);
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ code: 'INVALID_FIELD', field });
  });

  it('has the roles of its memberships and no others (e.64)', async () => {
    const key = await withRoles('Contact Viewer', 'CUSTOMER.CREATE');
    const statuses = await Promise.all([
      as(key, 'GET', '/v1/contacts'),
      as(key, 'POST', '/v1/customers', given.customer()),
      as(key, 'GET', '/v1/customers'),
      as(key, 'POST', '/v1/contacts', given.contact('cust_1')),
      as(key, 'GET', '/v1/api-keys'),
    ]);
    expect(statuses.map(({ status }) => status)).toEqual([200, 201, 403, 403, 403]);
  });

  it('may leave account_id out for the own platform, and shows it (e.64)', async () => {
    const key = await newKey({ account_memberships: [{ type: 'USER', role_ids: [builtInRoleId('CUSTOMER.VIEW')] }] });
    expect(key.account_memberships).toEqual([
      expect.objectContaining({
        account_id: api.platformId,
        type: 'USER',
        role_ids: [builtInRoleId('CUSTOMER.VIEW')],
        account: { id: api.platformId, platform_id: api.platformId },
      }),
    ]);
    expect((await as(key, 'GET', '/v1/customers')).status).toBe(200);
  });

  it('follows a change of its roles at once', async () => {
    const key = await withRoles('CUSTOMER.VIEW');
    const memberships = [{ role_ids: [builtInRoleId('CONTACT.VIEW')] }];
    await api.call('PATCH', `/v1/api-keys/${key.id}`, { account_memberships: memberships });
    expect((await as(key, 'GET', '/v1/customers')).status).toBe(403);
    expect((await as(key, 'GET', '/v1/contacts')).status).toBe(200);
    await api.call('PATCH', `/v1/api-keys/${key.id}`, { account_memberships: null, role_type: 'READ_ONLY' });
    expect((await as(key, 'GET', '/v1/customers')).status).toBe(200);
  });

  it('names the role or platform that does not exist', async () => {
    const unknownRole = await api.call('POST', '/v1/api-keys', { account_memberships: [{ role_ids: ['role_no'] }] });
    expect(unknownRole.status).toBe(400);
    expect(unknownRole.body).toMatchObject({ resource_type: 'ROLE', field: 'account_memberships.0.role_ids.0' });
    const other = await api.platform();
    const foreign = { account_memberships: [{ account_id: other.platformId, role_ids: [] }] };
    const answer = await api.call('POST', '/v1/api-keys', foreign);
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ resource_type: 'PLATFORM', field: 'account_memberships.0.account_id' });
  });

  it('gives nobody rights that its maker lacks', async () => {
    const maker = await withRoles('User Administrator');
    expect((await as(maker, 'POST', '/v1/api-keys', {})).status).toBe(403);
    const weaker = { account_memberships: [{ role_ids: [builtInRoleId('ROLE.VIEW')] }] };
    const made = await as(maker, 'POST', '/v1/api-keys', weaker);
    expect(made.status).toBe(201);
    expect((await as(maker, 'PATCH', `/v1/api-keys/${made.body.id}`, { account_memberships: null })).status).toBe(403);
  });

  it('lets a weaker maker switch off a stronger key, not on', async () => {
    const maker = await withRoles('User Administrator');
    const strong = await newKey();
    expect((await as(maker, 'PATCH', `/v1/api-keys/${strong.id}`, { active: false })).status).toBe(200);
    expect((await as(maker, 'PATCH', `/v1/api-keys/${strong.id}`, { active: true })).status).toBe(403);
  });

  it('is found by id and description, and answers 404 without a hit (e.64)', async () => {
    const key = await newKey({ description: 'Only this one' });
    const search = (body: object) => api.call('POST', '/v1/api-keys/search', body);
    expect((await search({ resource_id: key.id })).body.id).toBe(key.id);
    expect((await search({ username: 'Only this one', user_type: 'API_KEY' })).body.id).toBe(key.id);
    await api.call('PATCH', `/v1/api-keys/${key.id}`, { active: false });
    expect((await search({ resource_id: key.id })).status).toBe(404);
    expect((await search({ resource_id: key.id, include_inactive: true })).body.id).toBe(key.id);
    expect((await search({ user_type: 'MORTAL' })).status).toBe(404);
  });

  it('lists those that are active or not', async () => {
    const key = await newKey();
    await api.call('PATCH', `/v1/api-keys/${key.id}`, { active: false });
    const ids = async (active: boolean) =>
      (await api.call('GET', `/v1/api-keys?active=${active}&limit=200`)).body.data.map(({ id }: { id: string }) => id);
    expect(await ids(false)).toContain(key.id);
    expect(await ids(true)).not.toContain(key.id);
  });

  it('says when it was last used, to the minute', async () => {
    const key = await newKey();
    expect(key.last_used_at).toBeUndefined();
    await as(key, 'GET', '/v1/customers');
    const used = async () => (await api.call('GET', `/v1/api-keys/${key.id}`)).body.last_used_at;
    expect(Date.parse(await used())).toBeGreaterThan(Date.now() - 60_000);
    const [before] = await api.database.client.$queryRaw<{ xmin: string }[]>`
      SELECT xmin::text FROM api_key WHERE id = ${key.id}`;
    await as(key, 'GET', '/v1/customers');
    const [after] = await api.database.client.$queryRaw<{ xmin: string }[]>`
      SELECT xmin::text FROM api_key WHERE id = ${key.id}`;
    expect(after).toEqual(before);
  });

  it('keeps the rights of a key that was made outside the API when its description changes', async () => {
    const key = await newKey();
    await api.database.client.apiKey.updateMany({
      where: { id: key.id },
      data: { roleType: 'READ_ONLY', document: {} },
    });
    const patched = await api.call('PATCH', `/v1/api-keys/${key.id}`, { description: 'Dashboards' });
    expect(patched.body).toMatchObject({ role_type: 'READ_ONLY', description: 'Dashboards' });
    expect((await as(key, 'POST', '/v1/customers', given.customer())).status).toBe(403);
  });

  it('sees and touches nothing of another platform (e.8, e.55)', async () => {
    const other = await api.platform();
    const key = await newKey();
    const theirs = { 'x-api-key': other.key };
    expect((await api.call('GET', `/v1/api-keys/${key.id}`, undefined, theirs)).status).toBe(404);
    expect((await api.call('PATCH', `/v1/api-keys/${key.id}`, { active: false }, theirs)).status).toBe(404);
    expect((await api.call('POST', '/v1/api-keys/search', { resource_id: key.id }, theirs)).status).toBe(404);
    const list = await api.call('GET', '/v1/api-keys', undefined, theirs);
    expect(list.body.data.map(({ entity_id: platform }: { entity_id: string }) => platform)).toEqual([
      other.platformId,
    ]);
    const foreign = await api.call('GET', '/v1/customers', undefined, { 'x-platform-id': other.platformId });
    expect(foreign.status).toBe(403);
    expect(foreign.body.code).toBe('USER_NOT_ALLOWED');
  });

  it('is who the audit says made a change', async () => {
    const key = await newKey();
    const customer = (await as(key, 'POST', '/v1/customers', given.customer())).body;
    const [record] = await api.database.client.$queryRaw<{ user_id: string; actor_type: string }[]>`
      SELECT user_id, actor_type FROM audit_record WHERE target_id = ${customer.id}`;
    expect(record).toEqual({ user_id: key.id, actor_type: 'API_KEY' });
  });
});

describe('the rate limit (e.15)', () => {
  let api: RunningApi;

  beforeAll(async () => (api = await startApi({ RATE_LIMIT_PER_MINUTE: '3' })), STARTING_MS);
  afterAll(() => api.stop());

  it('answers 429 and when to come back, to one key and not to others', async () => {
    const calls = [];
    for (let i = 0; i < 4; i += 1) calls.push(await api.call('GET', '/v1/customers'));
    expect(calls.map(({ status }) => status)).toEqual([200, 200, 200, 429]);
    expect(calls[3]?.body).toMatchObject({ type: 'INVALID_REQUEST', code: 'UNABLE_TO_PROCESS_INSTRUCTIONS' });
    expect(Number(calls[3]?.headers.get('retry-after'))).toBeGreaterThan(0);
    const other = await api.platform();
    expect((await api.call('GET', '/v1/customers', undefined, { 'x-api-key': other.key })).status).toBe(200);
  });
});
