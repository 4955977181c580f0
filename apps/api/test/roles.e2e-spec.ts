import { builtInRoleId } from '../src/access/built-in-roles.js';
import { PERMISSIONS } from '../src/access/permission-names.js';
import { randomAlphanumerics } from '#kernel/ids';
import { create } from './given.js';
import { type Answer, type RunningApi, startApi, STARTING_MS } from './start-api.js';

describe('roles', () => {
  let api: RunningApi;

  beforeAll(async () => (api = await startApi()), STARTING_MS);
  afterAll(() => api.stop());

  const newRole = async (children: string[], overrides: object = {}): Promise<Answer['body']> => {
    const body = { name: `Role ${randomAlphanumerics(8)}`, child_role_ids: children, ...overrides };
    const answer = await api.call('POST', '/v1/roles', body);
    expect(answer.status).toBe(200);
    return answer.body;
  };
  const keyWith = (...roleIds: string[]) =>
    create(api, '/v1/api-keys', { account_memberships: [{ type: 'USER', role_ids: roleIds }] });
  const as = (key: { api_key: string }, method: string, path: string, body?: unknown) =>
    api.call(method, path, body, { 'x-api-key': key.api_key });

  it('knows every permission that an operation requires (e.53)', async () => {
    const { body } = await api.call('GET', '/openapi.json');
    const required = JSON.stringify(body).matchAll(/Requires the ([A-Z_. or]+?) permission\./g);
    const names = [...required].flatMap(([, text]) => text!.split(' or '));
    expect(names.length).toBeGreaterThan(50);
    expect([...new Set(names)].filter((name) => !PERMISSIONS.includes(name))).toEqual([]);
  });

  it('lists the shipped ones: permissions and their composites (e.53)', async () => {
    const named = async (name: string) =>
      (await api.call('GET', `/v1/roles?name=${encodeURIComponent(name)}`)).body.data;
    expect(await named('WORKFLOW.VIEW')).toEqual([
      expect.objectContaining({ object_type: 'ROLE', id: builtInRoleId('WORKFLOW.VIEW'), child_role_ids: [] }),
    ]);
    const [viewer] = await named('Workflow Viewer');
    expect(viewer.child_role_ids).toHaveLength(3);
    expect(viewer.child_roles).toBeUndefined();
    expect(viewer.entity_id).toBeUndefined();
  });

  it('pages through all of them once, and only those without children when asked', async () => {
    let path: string | null = '/v1/roles?limit=200&only_childless_roles=true&order_by=name&order_direction=asc';
    const names: string[] = [];
    while (path) {
      const { body }: Answer = await api.call('GET', path);
      names.push(...body.data.map(({ name }: { name: string }) => name));
      path = body.links.next && new URL(body.links.next).pathname + new URL(body.links.next).search;
    }
    expect(names).toEqual([...PERMISSIONS].sort());
  });

  it('are made by the platform, with children and grandchildren in line', async () => {
    const role = await newRole([builtInRoleId('Contact Viewer')], { description: 'Reads contacts' });
    expect(role).toMatchObject({ entity_id: api.platformId, description: 'Reads contacts' });
    expect(role.child_roles[0].child_roles[0]).toMatchObject({ name: 'CONTACT.VIEW' });
    const list = await api.call('GET', `/v1/roles?include_child_roles=true&name=${encodeURIComponent(role.name)}`);
    expect(list.body.data).toEqual([role]);
  });

  it('count at once for who has them, when they change', async () => {
    const role = await newRole([builtInRoleId('CUSTOMER.VIEW')]);
    const key = await keyWith(role.id);
    expect((await as(key, 'GET', '/v1/customers')).status).toBe(200);
    const patched = await api.call('PATCH', `/v1/roles/${role.id}`, {
      child_role_ids: [builtInRoleId('CONTACT.VIEW')],
    });
    expect(patched.status).toBe(200);
    expect((await as(key, 'GET', '/v1/customers')).status).toBe(403);
    expect((await as(key, 'GET', '/v1/contacts')).status).toBe(200);
  });

  it('allow together what each allows: the union over memberships (e.53)', async () => {
    const key = await create(api, '/v1/api-keys', {
      account_memberships: [
        { type: 'USER', role_ids: [builtInRoleId('CUSTOMER.VIEW')] },
        { type: 'USER', role_ids: [builtInRoleId('CONTACT.VIEW')] },
      ],
    });
    const answers = await Promise.all([as(key, 'GET', '/v1/customers'), as(key, 'GET', '/v1/contacts')]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  });

  it('nest two levels and no further (e.53)', async () => {
    const lower = await newRole([builtInRoleId('Contact Viewer')]);
    const answer = await api.call('POST', '/v1/roles', { name: 'Too high', child_role_ids: [lower.id] });
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ code: 'INVALID_FIELD', field: 'child_role_ids' });
  });

  it('never contain themselves (e.53)', async () => {
    const lower = await newRole([]);
    const upper = await newRole([lower.id]);
    const circle = await api.call('PATCH', `/v1/roles/${lower.id}`, { child_role_ids: [upper.id] });
    expect(circle.body).toMatchObject({ code: 'INVALID_FIELD', field: 'child_role_ids' });
    const self = await api.call('PATCH', `/v1/roles/${lower.id}`, { child_role_ids: [lower.id] });
    expect(self.status).toBe(400);
  });

  it('never go round in a circle when two are changed at once', async () => {
    const [a, b] = [await newRole([]), await newRole([])];
    const answers = await Promise.all([
      api.call('PATCH', `/v1/roles/${a.id}`, { child_role_ids: [b.id] }),
      api.call('PATCH', `/v1/roles/${b.id}`, { child_role_ids: [a.id] }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400]);
  });

  it('have a name that no other has', async () => {
    const role = await newRole([]);
    for (const name of [role.name, 'Administrator']) {
      const answer = await api.call('POST', '/v1/roles', { name });
      expect(answer.status).toBe(409);
      expect(answer.body).toMatchObject({ code: 'RESOURCE_ALREADY_EXISTS', field: 'name', resource_type: 'ROLE' });
    }
    expect((await api.call('PATCH', `/v1/roles/${role.id}`, { name: role.name })).status).toBe(200);
  });

  it('say which child does not exist', async () => {
    const answer = await api.call('POST', '/v1/roles', { name: 'X', child_role_ids: ['role_nobody'] });
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ code: 'RESOURCE_NOT_FOUND', field: 'child_role_ids.0' });
  });

  it.each(['PATCH', 'DELETE'])('that are shipped refuse %s', async (method) => {
    const answer = await api.call(
      method,
      `/v1/roles/${builtInRoleId('Administrator')}`,
      method === 'PATCH' ? {} : undefined,
    );
    expect(answer.status).toBe(400);
    expect(answer.body.code).toBe('INVALID_OPERATION');
  });

  it('go only when nobody has them any more', async () => {
    const role = await newRole([]);
    const parent = await newRole([role.id]);
    const remove = (id: string) => api.call('DELETE', `/v1/roles/${id}`);
    expect((await remove(role.id)).body).toMatchObject({ code: 'INVALID_OPERATION', resource_type: 'ROLE' });
    expect((await remove(parent.id)).body.id).toBe(parent.id);
    const key = await keyWith(role.id);
    expect((await remove(role.id)).status).toBe(400);
    await api.call('PATCH', `/v1/api-keys/${key.id}`, { account_memberships: null, role_type: 'READ_ONLY' });
    expect((await remove(role.id)).status).toBe(200);
    expect((await api.call('GET', `/v1/roles/${role.id}`)).status).toBe(404);
    expect((await newRole([], { name: role.name })).name).toBe(role.name);
  });

  it('give nobody more than their maker has', async () => {
    const maker = await keyWith(builtInRoleId('User Administrator'));
    const body = { name: 'Climber', child_role_ids: [builtInRoleId('CUSTOMER.DELETE')] };
    expect((await as(maker, 'POST', '/v1/roles', body)).status).toBe(403);
    const role = await as(maker, 'POST', '/v1/roles', { name: 'Climber', child_role_ids: [] });
    expect(role.status).toBe(200);
    expect((await as(maker, 'PATCH', `/v1/roles/${role.body.id}`, body)).status).toBe(403);
  });

  it('are a thousand of a platform at most', async () => {
    const { platformId, key } = await api.platform();
    await api.database.client.$executeRaw`
      INSERT INTO role (platform_id, id, name, document)
      SELECT ${platformId}, 'role_' || n, 'Role ' || n, jsonb_build_object('name', 'Role ' || n)
        FROM generate_series(1, 1000) n`;
    const answer = await api.call('POST', '/v1/roles', { name: 'One more' }, { 'x-api-key': key });
    expect(answer.status).toBe(400);
    expect(answer.body.code).toBe('INVALID_OPERATION');
  });

  it('belong to their platform alone', async () => {
    const role = await newRole([]);
    const theirs = { 'x-api-key': (await api.platform()).key };
    expect((await api.call('GET', `/v1/roles/${role.id}`, undefined, theirs)).status).toBe(404);
    expect((await api.call('DELETE', `/v1/roles/${role.id}`, undefined, theirs)).status).toBe(404);
    expect((await api.call('POST', '/v1/roles', { name: role.name }, theirs)).status).toBe(200);
    const borrowed = { name: 'Y', child_role_ids: [role.id] };
    expect((await api.call('POST', '/v1/roles', borrowed, theirs)).status).toBe(400);
  });
});
