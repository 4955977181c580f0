import { randomUUID } from 'node:crypto';
import { forgetOldAnswers } from '#journal/idempotency-records';
import { given } from './given.js';
import { type Answer, type RunningApi, startApi, STARTING_MS } from './start-api.js';

describe('a request with an Idempotency-Key (e.14)', () => {
  let api: RunningApi;

  beforeAll(async () => (api = await startApi()), STARTING_MS);
  afterAll(() => api.stop());

  const send = (method: string, path: string, body: unknown, key: string, headers = {}) =>
    api.call(method, path, body, { 'idempotency-key': key, ...headers });
  const post = (body: unknown, key: string) => send('POST', '/v1/customers', body, key);
  const customersCalled = async (reference: string) =>
    (await api.call('GET', `/v1/customers?reference=${reference}`)).body.data.length as number;
  const replayed = ({ headers }: Answer) => headers.get('idempotent-replayed');

  it('is answered again with the first status and body and a new request id, without a second effect', async () => {
    const [key, body] = [randomUUID(), { type: 'INDIVIDUAL' }];
    const first = await post(body, key);
    const second = await post(body, key);
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body).toEqual(first.body);
    expect([replayed(first), replayed(second)]).toEqual([null, 'true']);
    expect(second.headers.get('x-request-id')).not.toBe(first.headers.get('x-request-id'));
    expect(second.headers.get('content-type')).toBe('application/json');
  });

  it('is named in the audit of what it changed, and no other request is (e.56)', async () => {
    const keyed = (await post(given.customer(), 'order-7')).body.id as string;
    const unkeyed = (await api.call('POST', '/v1/customers', given.customer())).body.id as string;
    const audited = async (id: string) =>
      (await api.call('GET', `/v1/audit-records?target_id=${id}`)).body.data as Record<string, unknown>[];
    expect(await audited(keyed)).toMatchObject([{ action: 'CUSTOMER.CREATED', idempotency_key: 'order-7' }]);
    expect((await audited(unkeyed))[0]).not.toHaveProperty('idempotency_key');
  });

  it('is refused with 409 when it says something else in its body or its query', async () => {
    const key = randomUUID();
    await post(given.customer(), key);
    const other = await post(given.customer(), key);
    expect([other.status, other.body.code]).toEqual([409, 'IDEMPOTENCY_CHECK_FAILED']);
    const invoice = { type: 'ONE_OFF', customer_id: 'nobody' };
    await send('POST', '/v1/invoices', invoice, key);
    expect((await send('POST', '/v1/invoices?record_only=true', invoice, key)).status).toBe(400);
    expect((await send('PATCH', '/v1/customers/nobody', {}, key)).status).toBe(404);
    expect((await send('PATCH', '/v1/customers/nobody?a=b', {}, key)).status).toBe(409);
  });

  it('may be corrected after a 400', async () => {
    const key = randomUUID();
    expect((await post({ type: 'ROBOT' }, key)).status).toBe(400);
    const corrected = await post(given.customer(), key);
    expect([corrected.status, replayed(corrected)]).toEqual([201, null]);
  });

  it('stays refused after a 404 and a 409, whatever has changed meanwhile', async () => {
    const taken = given.customer();
    const [key, missing] = [randomUUID(), randomUUID()];
    await api.call('POST', '/v1/customers', taken);
    const first = await post(taken, key);
    const again = await post(taken, key);
    expect([first.status, again.status, replayed(again)]).toEqual([409, 409, 'true']);
    expect(again.body).toEqual(first.body);
    const patches = [1, 2].map(() => () => send('PATCH', '/v1/customers/later', {}, missing));
    expect((await patches[0]!()).status).toBe(404);
    await api.call('POST', '/v1/customers', given.customer({ reference: 'later' }));
    const later = await patches[1]!();
    expect([later.status, replayed(later)]).toEqual([404, 'true']);
  });

  it('has one effect when it is sent many times at once, and none of them waits for another', async () => {
    const [key, body] = [randomUUID(), given.customer()];
    const answers = await Promise.all(Array.from({ length: 12 }, () => post(body, key)));
    expect(await customersCalled(body.reference)).toBe(1);
    const fresh = answers.filter((answer) => answer.status === 201 && replayed(answer) === null);
    expect(fresh).toHaveLength(1);
    for (const answer of answers.filter((one) => one !== fresh[0])) {
      if (answer.status === 201) expect(answer.body).toEqual(fresh[0]!.body);
      else expect([answer.status, answer.body.code]).toEqual([422, 'IDEMPOTENCY_CHECK_FAILED']);
    }
  });

  it('answers 422 at once while its twin is worked on', async () => {
    const [key, body] = [randomUUID(), given.customer()];
    // Somebody else holds the reference, so that the first one has to wait for the end of that transaction.
    const answers = await api.database.transaction(async (tx) => {
      await tx.$executeRaw`
        INSERT INTO customer (platform_id, id, reference, document) VALUES (${api.platformId}, 'holder', ${body.reference}, '{"type": "INDIVIDUAL"}')`;
      const first = post(body, key);
      while ((await waiting()) === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      return { first, second: await post(body, key) };
    });
    expect(answers.second.status).toBe(422);
    expect((await answers.first).status).toBe(409);
  });
  const waiting = async () => {
    const [row] = await api.database.client.$queryRaw<{ count: bigint }[]>`
      SELECT count(*) AS count FROM pg_locks WHERE NOT granted AND locktype = 'transactionid'`;
    return Number(row?.count);
  };

  it('leaves no effect without its record: a crash between both undoes both, and asking again works', async () => {
    const [key, body] = [randomUUID(), given.customer()];
    await api.database.client.$executeRaw`
      ALTER TABLE idempotency_record ADD CONSTRAINT crash CHECK (status <> 201) NOT VALID`;
    const crashed = await post(body, key).finally(
      () => api.database.client.$executeRaw`ALTER TABLE idempotency_record DROP CONSTRAINT crash`,
    );
    expect(crashed.status).toBe(500);
    expect(crashed.headers.get('idempotency-retryable')).toBe('true');
    expect(await customersCalled(body.reference)).toBe(0);
    expect((await post(body, key)).status).toBe(201);
    expect(await customersCalled(body.reference)).toBe(1);
  });

  it.each([
    ['is empty', ''],
    ['is longer than 255 characters', 'x'.repeat(256)],
  ])('is refused when the key %s', async (_what, key) => {
    const response = await fetch(`${api.url}/v1/customers`, {
      method: 'POST',
      headers: { 'x-api-key': api.key, 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify(given.customer()),
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 'BAD_REQUEST', message: expect.stringContaining('255') });
  });

  it('is another one under another path, method or credential, and means nothing to a GET', async () => {
    const key = randomUUID();
    const other = await api.platform();
    const [path, search] = ['/v1/customers', '/v1/customers/search'];
    const body = { type: 'INDIVIDUAL' };
    const answers = [
      await send('POST', path, body, key),
      await send('PUT', path, { ...body, reference: 'idem' }, key),
      await send('POST', search, {}, key),
      await send('POST', path, body, key, { 'x-api-key': other.key }),
      await send('GET', path, undefined, key),
      await send('GET', path, undefined, key),
    ];
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 200, 201, 200, 200]);
    expect(answers.map(replayed)).toEqual(answers.map(() => null));
  });

  it('is remembered for 48 hours, and then forgotten', async () => {
    const [key, body] = [randomUUID(), { type: 'INDIVIDUAL' }];
    const age = (hours: number) =>
      api.database.client.$executeRaw`
        UPDATE idempotency_record SET created_at = clock_timestamp() - make_interval(hours => ${hours}::int)`;
    const first = await post(body, key);
    await age(47);
    expect((await post(body, key)).body.id).toBe(first.body.id);
    await age(49);
    const second = await post(body, key);
    expect(second.body.id).not.toBe(first.body.id);
    await age(49);
    expect(await forgetOldAnswers(api.database)).toBeGreaterThan(0);
    expect(await api.database.client.idempotencyRecord.count()).toBe(0);
  });

  it('works for a handler that reaches outside, and for a DELETE', async () => {
    const { body } = await api.call('POST', '/v1/contacts', {
      ...given.contact((await api.call('POST', '/v1/customers', given.customer())).body.id),
    });
    const key = randomUUID();
    const deletions = [1, 2].map(() => () => send('DELETE', `/v1/contacts/${body.id}`, undefined, key));
    expect((await deletions[0]!()).status).toBe(200);
    const deleted = await deletions[1]!();
    expect([deleted.status, replayed(deleted)]).toEqual([200, 'true']);
    const integration = (await api.call('POST', '/v1/integrations', given.integration())).body;
    const activate = () => send('POST', `/v1/integrations/${integration.id}/activate`, undefined, key);
    const [first, second] = [await activate(), await activate()];
    expect(first.status).toBe(200);
    expect([second.status, replayed(second), second.body]).toEqual([200, 'true', first.body]);
  });

  it('says of a failure without a key that it should not be repeated blindly', async () => {
    await api.database.client.$executeRaw`ALTER TABLE contact RENAME TO contact_away`;
    const [read, write] = await Promise.all([
      api.call('GET', '/v1/contacts'),
      api.call('PATCH', '/v1/contacts/x', {}),
    ]).finally(() => api.database.client.$executeRaw`ALTER TABLE contact_away RENAME TO contact`);
    expect([read, write].map(({ headers }) => headers.get('idempotency-retryable'))).toEqual(['true', 'false']);
  });
});
