import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { randomAlphanumerics } from '#kernel/ids';
import { create, given } from './given.js';
import { type RunningApi, startApi, STARTING_MS } from './start-api.js';

let api: RunningApi;
let server: Server;
let url: string;
let status: number;

beforeAll(async () => {
  api = await startApi({ ENCRYPTION_KEY: 'k'.repeat(32), WEBHOOK_ALLOW_PRIVATE_ADDRESSES: 'true' });
  server = createServer((_request, response) => response.writeHead(status).end());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
}, STARTING_MS);
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await api.stop();
});
beforeEach(() => (status = 200));

const webhook = (overrides: object = {}) => ({
  name: 'Endpoint',
  reference: `hook-${randomAlphanumerics(8)}`,
  url,
  ...overrides,
});
const at = (id: string, rest = '') => `/v1/webhooks/${id}${rest}`;

describe('webhooks', () => {
  it('e.75: show the signing key once and no secret ever again', async () => {
    const body = { authentication_type: 'PASSWORD', username: 'us', password: 'very secret' };
    const made = await create(api, '/v1/webhooks', webhook(body));
    expect(made.secret_key).toMatch(/^\w{48}$/);
    const { body: read } = await api.call('GET', at(made.id));
    expect(read).toMatchObject({
      object_type: 'WEBHOOK',
      active: true,
      username: 'us',
      signing_protocol: 'HmacSHA256',
    });
    const { body: list } = await api.call('GET', '/v1/webhooks');
    const { body: audit } = await api.call('GET', `/v1/audit-records?target_id=${made.id}`);
    const told = JSON.stringify([read, list, audit]);
    expect(told).not.toContain(made.secret_key);
    expect(told).not.toContain('very secret');
    expect(audit.data.length).toBeGreaterThan(0);
  });

  it('keep what a PATCH leaves out, secrets included', async () => {
    const { id } = await create(api, '/v1/webhooks', webhook({ authentication_type: 'API_KEY', api_key: 'abc' }));
    const patched = await api.call('PATCH', at(id), { name: 'Renamed', active: false });
    expect(patched).toMatchObject({
      status: 200,
      body: { name: 'Renamed', active: false, api_header_field: 'X-API-KEY' },
    });
  });

  it('roll their key, and lose it', async () => {
    const made = await create(api, '/v1/webhooks', webhook());
    const rolled = await api.call('PATCH', at(made.id, '/secret-key'), {});
    expect(rolled.body.secret_key).not.toBe(made.secret_key);
    expect(rolled.body.secret_rolled_at).toMatch(/Z$/);
    const removed = await api.call('DELETE', at(made.id, '/secret-key'));
    expect(removed.status).toBe(200);
    expect(removed.body.secret_key).toBeUndefined();
  });

  it('are gone once deleted, and their reference is free', async () => {
    const body = webhook();
    const { id } = await create(api, '/v1/webhooks', body);
    expect((await api.call('DELETE', at(id))).status).toBe(200);
    expect((await api.call('GET', at(id))).status).toBe(404);
    expect((await api.call('POST', '/v1/webhooks', body)).status).toBe(201);
  });

  it.each([
    ['an action that does not exist', { included_actions: ['INVOICE.FINALLY'] }, 'included_actions.0'],
    ['a header that is ours', { api_header_field: 'Host' }, 'api_header_field'],
    ['a URL that is none', { url: 'nowhere' }, 'url'],
    ['a password that is missing', { authentication_type: 'PASSWORD', username: 'us' }, 'password'],
  ])('refuse %s', async (_what, body, field) => {
    const answer = await api.call('POST', '/v1/webhooks', webhook(body));
    expect(answer).toMatchObject({ status: 400, body: { field } });
  });

  it('list what there is to subscribe to (e.57)', async () => {
    const { body } = await api.call('GET', '/v1/webhooks/actions');
    expect(body.data).toContainEqual({
      object_type: 'WORKFLOW_ACTION_EXECUTION',
      actions: ['SUCCEEDED', 'FAILED', 'SKIPPED', 'CANCELLED', 'UNKNOWN'],
    });
  });

  it('e.75: say with 200 how a test went', async () => {
    const { id } = await create(api, '/v1/webhooks', webhook());
    expect(await api.call('POST', at(id, '/send-test'))).toMatchObject({ status: 200, body: { successful: true } });
    status = 500;
    const tried = await api.call('POST', '/v1/webhooks/test-connection', webhook());
    expect(tried).toMatchObject({ status: 200, body: { successful: false, message: 'The other side answered 500.' } });
  });

  it(
    'e.75: are refused where they lead inside',
    async () => {
      const strict = await startApi({ ENCRYPTION_KEY: 'k'.repeat(32) });
      const answer = await strict.call('POST', '/v1/webhooks', webhook());
      expect(answer).toMatchObject({ status: 400, body: { code: 'INVALID_FIELD', field: 'url' } });
      const tried = await strict.call('POST', '/v1/webhooks/test-connection', webhook());
      expect(tried).toMatchObject({ status: 200, body: { successful: false } });
      await strict.stop();
    },
    STARTING_MS,
  );

  it('have a log of events, from which one can be sent again', async () => {
    const { id } = await create(api, '/v1/webhooks', webhook({ included_actions: ['CUSTOMER.CREATED'] }));
    const customer = await create(api, '/v1/customers', given.customer());
    const { body } = await api.call('GET', `/v1/webhook-events?webhook_id=${id}&status=PENDING`);
    expect(body.data).toMatchObject([{ type: 'CUSTOMER.CREATED', resource_id: customer.id, status: 'PENDING' }]);
    const [event] = body.data;
    expect((await api.call('POST', `/v1/webhook-events/${event.id}/resend`)).status).toBe(400);
    expect((await api.call('POST', at(id, '/send-penalty-box-payload'))).body).toMatchObject({ successful: true });
    const again = await api.call('POST', `/v1/webhook-events/${event.id}/resend`);
    expect(again).toMatchObject({ status: 200, body: { id: event.id, status: 'PENDING', attempt_count: 1 } });
  });

  it('show what waits in the penalty box, and leave it when that is taken', async () => {
    const { id } = await create(api, '/v1/webhooks', webhook({ included_actions: ['CUSTOMER.CREATED'] }));
    await create(api, '/v1/customers', given.customer());
    status = 503;
    await api.call('POST', at(id, '/send-penalty-box-payload'));
    const boxed = (await api.call('GET', at(id))).body;
    expect(boxed).toMatchObject({
      penalty_box: 'ACTIVE',
      penalty_box_data: { retry_count: 1, cause: 'The other side answered 503.' },
    });
    expect(JSON.parse(boxed.penalty_box_data.payload)).toMatchObject({ type: 'CUSTOMER.CREATED' });
    status = 200;
    expect((await api.call('POST', at(id, '/send-penalty-box-payload'))).body.successful).toBe(true);
    expect((await api.call('GET', at(id))).body.penalty_box_data).toBeUndefined();
  });
});

describe('audit records (e.56)', () => {
  it('say which key did it, in which request', async () => {
    const made = await api.call('POST', '/v1/customers', given.customer());
    const { body } = await api.call('GET', `/v1/audit-records?target_id=${made.body.id}&target_type=CUSTOMER`);
    expect(body.data).toMatchObject([
      {
        object_type: 'AUDIT_RECORD',
        action: 'CUSTOMER.CREATED',
        actor_type: 'API_KEY',
        target_platform_id: api.platformId,
        target_entity_id: made.body.id,
        reference: made.headers.get('x-request-id'),
      },
    ]);
    const [record] = body.data;
    expect(record.user_id).toMatch(/^apik_/);
    expect((await api.call('GET', `/v1/audit-records/${record.id}`)).body).toEqual(record);
    const byUser = await api.call(
      'GET',
      `/v1/audit-records?user_id=${record.user_id}&created_at=[2020-01-01T00:00:00Z,]`,
    );
    expect(byUser.body.data.map(({ id }: { id: string }) => id)).toContain(record.id);
  });

  it('belong to their platform', async () => {
    const { id } = await create(api, '/v1/customers', given.customer());
    const other = await api.platform();
    const { body } = await api.call('GET', `/v1/audit-records?target_id=${id}`, undefined, { 'x-api-key': other.key });
    expect(body.data).toEqual([]);
  });
});

describe('an installation without ENCRYPTION_KEY', () => {
  let bare: RunningApi;

  beforeAll(async () => (bare = await startApi()), STARTING_MS);
  afterAll(() => bare.stop());

  it.each([
    ['secret_key', {}],
    ['api_key', { authentication_type: 'API_KEY', api_key: 'abc' }],
    ['password', { authentication_type: 'PASSWORD', username: 'us', password: 'abc' }],
  ])('makes no webhook, and says of %s what its operator has to set', async (field, body) => {
    const answer = await bare.call('POST', '/v1/webhooks', webhook({ url: 'https://example.com/hook', ...body }));
    expect(answer).toMatchObject({ status: 400, body: { code: 'INVALID_OPERATION', field } });
    expect(answer.body.message).toMatch(new RegExp(`^${field} cannot be stored.*ENCRYPTION_KEY.*openssl rand`));
    expect((await bare.call('GET', '/v1/webhooks')).body.data).toEqual([]);
  });
});
