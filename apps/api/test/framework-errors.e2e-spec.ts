import { once } from 'node:events';
import { connect } from 'node:net';
import { type RunningApi, startApi, STARTING_MS } from './start-api.js';

describe('what the framework itself refuses', () => {
  let api: RunningApi;

  beforeAll(async () => (api = await startApi()), STARTING_MS);
  afterAll(() => api.stop());

  /** Sends bytes as they are and reads the whole answer. */
  const raw = async (request: string) => {
    const socket = connect(Number(new URL(api.url).port), '127.0.0.1');
    let answer = '';
    socket.on('data', (chunk) => (answer += chunk.toString()));
    // The server may close before it has read all that a test sends.
    socket.on('error', () => undefined);
    socket.write(request);
    await once(socket, 'close');
    const [head = '', body = ''] = answer.split('\r\n\r\n');
    const [line = '', ...fields] = head.split('\r\n');
    const headers = new Headers(fields.map((field) => field.split(': ') as [string, string]));
    return { status: Number(line.split(' ')[1]), headers, body: JSON.parse(body || 'null') };
  };
  const request = (line: string, ...headers: string[]) =>
    [`${line} HTTP/1.1`, 'Host: localhost', 'Connection: close', `X-API-KEY: ${api.key}`, ...headers, '', ''].join(
      '\r\n',
    );

  it.each([
    ['what is no HTTP', () => 'nonsense\r\n\r\n', 400],
    ['a header that is none', () => request('GET /v1/customers', 'Bad Header: x'), 400],
    ['headers beyond every bound', () => request('GET /v1/customers', `X-Long: ${'x'.repeat(20_000)}`), 431],
    ['an address beyond every bound', () => request(`GET /v1/customers?a=${'x'.repeat(20_000)}`), 431],
    ['two lengths', () => request('POST /v1/customers', 'Content-Length: 2', 'Content-Length: 3'), 400],
    ['an unreadable address', () => request('GET /v1/customers/%zz?api_key=secret'), 400],
    ['an expectation', () => request('GET /v1/customers', 'Expect: a miracle'), 417],
    ['a method of another protocol', () => request('PROPFIND /v1/customers'), 405],
    ['TRACE', () => request('TRACE /v1/customers'), 405],
    [
      'a content type that is none',
      () => request('POST /v1/customers', 'Content-Type: ;;', 'Content-Length: 2') + '{}',
      415,
    ],
    [
      'a body that is not as long as it says',
      () => request('POST /v1/customers', 'Content-Type: application/json', 'Content-Length: 1') + '{}',
      400,
    ],
    ['a path beyond the router', () => request(`GET /v1/customers/${'x'.repeat(3_000)}`), 400],
    ['a host that is none', () => request('GET /v1/customers').replace('localhost', 'a b<c>'), 400],
  ])('answers %s in the envelope', async (_what, text, status) => {
    const answer = await raw(text());
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toBe('application/json');
    expect(answer.headers.get('x-request-id')).toMatch(/^reqr_[A-Za-z0-9]{20}$/);
    expect(answer.body).toEqual({
      type: 'INVALID_REQUEST',
      code: expect.any(String),
      message: expect.not.stringContaining('secret'),
    });
  });

  it('answers HEAD as GET without the body, and OPTIONS that is no preflight with the methods', async () => {
    const [head, missing, options] = await Promise.all([
      api.call('HEAD', '/v1/customers'),
      api.call('HEAD', '/v1/customers/nobody'),
      api.call('OPTIONS', '/v1/customers'),
    ]);
    expect([head.status, missing.status, options.status]).toEqual([200, 404, 204]);
    for (const { headers, body } of [head, missing, options]) {
      expect(headers.get('x-request-id')).toMatch(/^reqr_/);
      expect(body).toBeNull();
    }
  });

  it('never repeats what a body that is no JSON says', async () => {
    const { status, body } = await api.call('POST', '/v1/integrations', '{"password": hunter2}');
    expect(status).toBe(400);
    expect(JSON.stringify(body)).not.toContain('hunter');
  });
});

describe('fields that an operation does not know', () => {
  let api: RunningApi;

  beforeAll(async () => (api = await startApi()), STARTING_MS);
  afterAll(() => api.stop());

  const body = {
    type: 'ORGANIZATION',
    id: 'mine',
    colour: 'red',
    organization: { legal_name: 'Customer B.V.', logo: 'x', registered_address: { line1: 'A', planet: 'Earth' } },
    custom_fields: [
      { reference: 'a', value: 'b' },
      { reference: 'c', 'ü,': 1 },
    ],
  };
  const post = (sent: object, prefer = '') => api.call('POST', '/v1/customers', sent, { prefer });

  it('are ignored and named in X-Ignored-Fields, nested ones by their path (e.3)', async () => {
    const answer = await post(body);
    expect(answer.status).toBe(201);
    expect(answer.headers.get('x-ignored-fields')).toBe(
      'id, colour, organization.logo, organization.registered_address.planet, custom_fields.1.%C3%BC%2C',
    );
    expect(answer.body.colour).toBeUndefined();
  });

  it('are named twenty at a time', async () => {
    const many = Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`field${n}`, n]));
    const { headers } = await post({ type: 'INDIVIDUAL', ...many });
    expect(headers.get('x-ignored-fields')).toMatch(/^field0, .*field19, and 10 more$/);
  });

  it('are not mentioned when there are none', async () => {
    expect((await post({ type: 'INDIVIDUAL' })).headers.get('x-ignored-fields')).toBeNull();
  });

  it('are refused with handling=strict, which the answer says was applied', async () => {
    const answer = await post(body, 'return=minimal, handling=strict');
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ code: 'INVALID_FIELD', field: 'colour' });
    expect(answer.headers.get('preference-applied')).toBe('handling=strict');
    const { colour: _, ...nested } = body;
    expect((await post(nested, 'handling=strict')).body).toMatchObject({ field: 'organization.logo' });
  });

  it('may be read-only ones even then: what was read can be sent back', async () => {
    const { body: created } = await post({ type: 'INDIVIDUAL' });
    const answer = await api.call('PATCH', `/v1/customers/${created.id}`, created, { prefer: 'handling=strict' });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('x-ignored-fields')).toBe('object_type, id, created_at, updated_at');
    expect(answer.headers.get('preference-applied')).toBe('handling=strict');
  });
});
