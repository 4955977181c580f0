import { createHash } from 'node:crypto';
import { newId } from '#kernel/ids';
import { given } from './given.js';
import { type RunningApi, startApi, STARTING_MS } from './start-api.js';

describe('the HTTP contract', () => {
  let api: RunningApi;

  beforeAll(async () => (api = await startApi()), STARTING_MS);
  afterAll(() => api.stop());

  const customer = given.customer();

  describe('who may call', () => {
    const keyOf = async (roleType: string, status = 'ACTIVE') => {
      const key = newId('apiKey');
      const hash = createHash('sha256').update(key).digest('hex');
      await api.database.client.apiKey.create({
        data: { platformId: api.platformId, id: newId('apiKey'), hash, roleType, status },
      });
      return key;
    };

    it.each([
      ['no key', ''],
      ['an unknown key', 'nobody'],
    ])('answers 401 to %s', async (_what, key) => {
      const answer = await api.call('GET', '/v1/customers', undefined, { 'x-api-key': key });
      expect(answer.status).toBe(401);
      expect(answer.body).toEqual({
        type: 'INVALID_REQUEST',
        code: 'UNAUTHORISED',
        message: expect.stringContaining('API key'),
      });
    });

    it('takes the same key as a bearer token', async () => {
      const headers = { 'x-api-key': '', authorization: `Bearer ${api.key}` };
      expect((await api.call('GET', '/v1/customers', undefined, headers)).status).toBe(200);
    });

    it('refuses a deactivated key', async () => {
      const key = await keyOf('ADMINISTRATOR', 'INACTIVE');
      expect((await api.call('GET', '/v1/customers', undefined, { 'x-api-key': key })).status).toBe(401);
    });

    it('lets a READ_ONLY key look and nothing else', async () => {
      const headers = { 'x-api-key': await keyOf('READ_ONLY') };
      expect((await api.call('GET', '/v1/customers', undefined, headers)).status).toBe(200);
      const answer = await api.call('POST', '/v1/customers', customer, headers);
      expect(answer.status).toBe(403);
      expect(answer.body).toMatchObject({
        code: 'USER_NOT_ALLOWED',
        message: expect.stringContaining('CUSTOMER.CREATE'),
      });
    });

    it('says 401 and 403 before anything about the body or the missing object', async () => {
      const readOnly = await keyOf('READ_ONLY');
      const statuses = await Promise.all([
        api.call('POST', '/v1/customers', '{broken', { 'x-api-key': '' }),
        api.call('POST', '/v1/customers', '{broken', { 'x-api-key': readOnly }),
        api.call('PATCH', '/v1/customers/nobody', {}, { 'x-api-key': readOnly }),
        api.call('POST', '/v1/customers', 'x', { 'x-api-key': '', 'content-type': 'text/plain' }),
      ]);
      expect(statuses.map(({ status }) => status)).toEqual([401, 403, 403, 401]);
    });

    it('accepts x-platform-id of the own platform and refuses any other', async () => {
      const other = await api.platform();
      const statuses = [api.platformId, other.platformId, 'plat_unknown'].map(
        async (id) => (await api.call('GET', '/v1/customers', undefined, { 'x-platform-id': id })).status,
      );
      expect(await Promise.all(statuses)).toEqual([200, 403, 403]);
    });
  });

  describe('paths and methods', () => {
    it.each([
      ['GET', '/v1/nothing', 404, 'RESOURCE_NOT_FOUND'],
      ['GET', '/v2/customers', 404, 'UNSUPPORTED_VERSION'],
      ['GET', '/customers', 404, 'MISSING_VERSION'],
      ['GET', '/nothing', 404, 'RESOURCE_NOT_FOUND'],
      ['DELETE', '/v1/customers', 405, 'RESOURCE_NOT_FOUND'],
      ['GET', '/v1/customers/%zz', 400, 'BAD_REQUEST'],
      ['GET', '/v1/customers/a%00b', 400, 'INVALID_ID'],
      ['GET', `/v1/customers/${'x'.repeat(600)}`, 404, 'RESOURCE_NOT_FOUND'],
    ])('%s %s answers %i %s, with or without a key', async (method, path, status, code) => {
      const answer = await api.call(method, path);
      expect(answer.body).toMatchObject({ type: 'INVALID_REQUEST', code, message: expect.any(String) });
      expect(answer.status).toBe(status);
    });

    it('names the methods that a path answers to', async () => {
      const answer = await api.call('DELETE', '/v1/customers', undefined, { 'x-api-key': '' });
      expect(answer.status).toBe(405);
      expect(answer.headers.get('allow')).toBe('GET, HEAD, POST, PUT');
    });
  });

  describe('bodies', () => {
    const post = (body: unknown, headers = {}) => api.call('POST', '/v1/customers', body, headers);

    it.each([
      ['malformed JSON', '{"type":', 400, 'BAD_REQUEST', undefined],
      ['an array', '[]', 400, 'BAD_REQUEST', undefined],
      ['nothing', undefined, 400, 'MISSING_FIELD', 'type'],
      [
        'a NUL character',
        { ...customer, organization: { legal_name: 'a\0b' } },
        400,
        'INVALID_FIELD',
        'organization.legal_name',
      ],
      [
        'half a surrogate pair',
        String.raw`{"type":"INDIVIDUAL","individual":{"name":{"first_name":"\ud800"}}}`,
        400,
        'INVALID_FIELD',
        'individual.name.first_name',
      ],
      [
        'an infinite number',
        '{"type":"INDIVIDUAL","custom_fields":[{"value":1e999}]}',
        400,
        'INVALID_FIELD',
        'custom_fields.0.value',
      ],
      ['bottomless nesting', '['.repeat(100_000) + ']'.repeat(100_000), 400, 'BAD_REQUEST', undefined],
      ['more than 5 MB', `{"a":"${'x'.repeat(5 * 1024 * 1024)}"}`, 413, 'BAD_REQUEST', undefined],
    ])('refuses %s', async (_what, body, status, code, field) => {
      const answer = await post(body);
      expect(answer.body).toMatchObject({ type: 'INVALID_REQUEST', code, ...(field && { field }) });
      expect(answer.status).toBe(status);
    });

    it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
      'answers 415 to a body of type %s',
      async (type) => {
        const answer = await post('x', { 'content-type': type });
        expect(answer.status).toBe(415);
        expect(answer.body.code).toBe('UNSUPPORTED_MEDIA_TYPE');
      },
    );

    it('takes JSON with a charset, and a content type where there is no body', async () => {
      const typed = { 'content-type': 'application/json; charset=utf-8' };
      expect((await post(given.customer(), typed)).status).toBe(201);
      expect((await api.call('GET', '/v1/customers', undefined, typed)).status).toBe(200);
      expect((await api.call('POST', '/v1/customers/search', undefined, typed)).status).toBe(200);
      expect((await api.call('POST', '/v1/customers/search', undefined, { 'content-type': 'text/plain' })).status).toBe(
        200,
      );
    });

    it('ignores what is read-only or unknown, prototype keys included', async () => {
      const body = `{"__proto__":{"admin":true},"constructor":1,"id":"mine","created_at":"1999-01-01T00:00:00Z","nonsense":1,"type":"INDIVIDUAL"}`;
      const answer = await post(body);
      expect(answer.status).toBe(201);
      expect(Object.keys(answer.body).sort()).toEqual([
        'created_at',
        'id',
        'object_type',
        'status',
        'type',
        'updated_at',
      ]);
      expect(answer.body.id).toMatch(/^cust_[A-Za-z0-9]{20}$/);
      expect(({} as { admin?: boolean }).admin).toBeUndefined();
    });

    it('reports the first problem in the order of the body, by its dotted path', async () => {
      const body = { roles: ['DEFAULT', 'KING'], timezone: 'Mars/Base', type: 'ROBOT' };
      expect((await post(body)).body).toMatchObject({ code: 'INVALID_FIELD', field: 'roles.1' });
      const reordered = { type: 'ROBOT', roles: ['KING'] };
      expect((await post(reordered)).body).toMatchObject({ field: 'type' });
    });

    it('says what is missing only after what is wrong', async () => {
      expect((await post({ timezone: 'Mars/Base' })).body).toMatchObject({ code: 'INVALID_FIELD', field: 'timezone' });
      expect((await post({})).body).toMatchObject({
        code: 'MISSING_FIELD',
        field: 'type',
        message: 'type is required and must be one of ORGANIZATION, INDIVIDUAL.',
      });
    });
  });

  describe('answers', () => {
    it.each([
      ['a success', '/v1/customers', 200],
      ['a refusal', '/v1/customers/nobody', 404],
      ['an unknown path', '/nowhere', 404],
      ['an unreadable path', '/v1/%zz', 400],
    ])('carry a request id of their own and plain JSON: %s', async (_what, path, status) => {
      const [first, second] = await Promise.all([api.call('GET', path), api.call('GET', path)]);
      expect(first.status).toBe(status);
      expect(first.headers.get('x-request-id')).toMatch(/^reqr_[A-Za-z0-9]{20}$/);
      expect(first.headers.get('x-request-id')).not.toBe(second.headers.get('x-request-id'));
      expect(first.headers.get('content-type')).toBe('application/json');
    });

    it('allow calls from any origin and expose the request id', async () => {
      const preflight = await fetch(`${api.url}/v1/customers`, {
        method: 'OPTIONS',
        headers: {
          origin: 'https://app.example',
          'access-control-request-method': 'PATCH',
          'access-control-request-headers': 'x-api-key,idempotency-key,x-client-version',
        },
      });
      expect(preflight.status).toBe(204);
      expect(preflight.headers.get('access-control-allow-origin')).toBe('*');
      expect(preflight.headers.get('access-control-allow-credentials')).toBeNull();
      expect(preflight.headers.get('access-control-allow-headers')).toContain('idempotency-key');
      expect(preflight.headers.get('access-control-allow-methods')).toContain('PATCH');
      const answer = await api.call('GET', '/v1/customers', undefined, { origin: 'https://app.example' });
      expect(answer.headers.get('access-control-expose-headers')).toContain('X-Request-Id');
    });

    it('show nothing of an internal failure but the request id', async () => {
      await api.database.client.$executeRaw`ALTER TABLE contact RENAME TO contact_away`;
      try {
        const answer = await api.call('GET', '/v1/contacts');
        expect(answer.status).toBe(500);
        expect(answer.body).toEqual({
          type: 'API_ERROR',
          code: 'INTERNAL_ERROR',
          message: expect.stringContaining(answer.headers.get('x-request-id')!),
        });
      } finally {
        await api.database.client.$executeRaw`ALTER TABLE contact_away RENAME TO contact`;
      }
    });
  });

  describe('what is open to everybody', () => {
    it('is alive and ready', async () => {
      const live = await api.call('GET', '/health/live', undefined, { 'x-api-key': '' });
      const ready = await api.call('GET', '/health/ready', undefined, { 'x-api-key': '' });
      expect([live.status, ready.status]).toEqual([200, 200]);
    });

    it('describes itself: / leads to the docs, and the document has every operation with its errors', async () => {
      expect((await api.call('GET', '/')).headers.get('location')).toBe('/docs');
      expect((await api.call('GET', '/docs')).body).toContain('swagger-ui');
      const { body } = await api.call('GET', '/openapi.json', undefined, { 'x-api-key': '' });
      expect(body.openapi).toBe('3.1.0');
      const operation = body.paths['/v1/customers/{resourceIdOrReference}'].get;
      expect(operation.operationId).toBe('getCustomersByResourceIdOrReference');
      expect(Object.keys(operation.responses)).toEqual(['200', '400', '401', '403', '404', '429', '500', '503']);
      expect(operation.parameters).toContainEqual(expect.objectContaining({ name: 'x-platform-id', in: 'header' }));
    });
  });
});
