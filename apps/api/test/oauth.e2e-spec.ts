import { createLocalJWKSet, decodeProtectedHeader, generateKeyPair, type JWTPayload, jwtVerify, SignJWT } from 'jose';
import { createUser } from '../src/access/user.js';
import { PayLinks } from '#billing/payment-links/pay-link';
import { linkSecret } from '#billing/payment-links/link-secret';
import { randomAlphanumerics } from '#kernel/ids';
import { create, given } from './given.js';
import { type RunningApi, startApi, STARTING_MS } from './start-api.js';

const PASSWORD = 'Correct horse 1';

describe('access tokens', () => {
  let api: RunningApi;

  beforeAll(async () => (api = await startApi()), STARTING_MS);
  afterAll(() => api.stop());

  const nobody = { 'x-api-key': '' };
  const post = (path: string, body?: unknown, headers = {}) => api.call('POST', path, body, { ...nobody, ...headers });
  const bearer = (token: string) => ({ ...nobody, authorization: `Bearer ${token}` });
  const newUser = (overrides: { platform?: string; username?: string; roles?: string[]; password?: string } = {}) =>
    createUser(api.database, {
      platform: api.platformId,
      username: `${randomAlphanumerics(8)}@acme.example`,
      roles: ['Customer Administrator'],
      password: PASSWORD,
      ...overrides,
    });
  const login = async (username: string) =>
    (await post('/v1/oauth/token', { username, password: PASSWORD })).body.access_token as string;

  describe('of people', () => {
    it('are given for username and password, and open what their roles allow', async () => {
      const { username } = await newUser();
      const answer = await post('/v1/oauth/token', { username: username.toUpperCase(), password: PASSWORD });
      expect(answer.status).toBe(200);
      expect(answer.body).toEqual({
        access_token: expect.any(String),
        token_type: 'Bearer',
        expires_in: 3600,
        issued_at: expect.stringMatching(/Z$/),
        expires_at: expect.stringMatching(/Z$/),
      });
      const headers = bearer(answer.body.access_token);
      const statuses = await Promise.all([
        api.call('GET', '/v1/customers', undefined, headers),
        api.call('POST', '/v1/customers', given.customer(), headers),
        api.call('GET', '/v1/contacts', undefined, headers),
      ]);
      expect(statuses.map(({ status }) => status)).toEqual([200, 201, 403]);
    });

    it('are good on the own platform only (e.55)', async () => {
      const other = await api.platform();
      const headers = bearer(await login((await newUser({ roles: ['Administrator'] })).username));
      const theirs = await api.call('GET', '/v1/customers', undefined, {
        ...headers,
        'x-platform-id': other.platformId,
      });
      expect(theirs.status).toBe(403);
      const customer = await create(api, '/v1/customers', given.customer());
      expect((await api.call('GET', `/v1/customers/${customer.id}`, undefined, headers)).status).toBe(200);
    });

    it('are for the platform that x-platform-id names, when somebody belongs to several (e.55)', async () => {
      const other = await api.platform();
      const { username } = await newUser();
      await newUser({ username, platform: other.platformId });
      const body = { username, password: PASSWORD };
      expect((await post('/v1/oauth/token', body)).body).toMatchObject({
        code: 'MISSING_FIELD',
        field: 'x-platform-id',
      });
      const chosen = await post('/v1/oauth/token', body, { 'x-platform-id': other.platformId });
      const made = await api.call('POST', '/v1/customers', given.customer(), bearer(chosen.body.access_token));
      expect((await api.call('GET', `/v1/customers/${made.body.id}`)).status).toBe(404);
      expect((await post('/v1/oauth/token', body, { 'x-platform-id': 'plat_no' })).status).toBe(403);
    });

    it('end at once when the user is switched off', async () => {
      const { username, id } = await newUser();
      const headers = bearer(await login(username));
      await api.database.client.appUser.updateMany({ where: { id }, data: { status: 'INACTIVE' } });
      expect((await api.call('GET', '/v1/customers', undefined, headers)).status).toBe(401);
      expect((await post('/v1/oauth/refresh-token', undefined, headers)).status).toBe(401);
      expect((await post('/v1/oauth/token', { username, password: PASSWORD })).status).toBe(401);
    });

    it('are who the audit says made a change', async () => {
      const { username, id } = await newUser();
      const made = await api.call('POST', '/v1/customers', given.customer(), bearer(await login(username)));
      const [record] = await api.database.client.$queryRaw<object[]>`
        SELECT user_id, actor_type, reference FROM audit_record WHERE target_id = ${made.body.id}`;
      expect(record).toEqual({ user_id: id, actor_type: 'USER', reference: made.headers.get('x-request-id') });
    });

    it.each([
      ['the password is wrong', { password: 'Wrong horse 1' }],
      ['nobody has the name', { username: 'nobody@acme.example' }],
    ])('are not given when %s', async (_what, overrides) => {
      const { username } = await newUser();
      const answer = await post('/v1/oauth/token', { username, password: PASSWORD, ...overrides });
      expect(answer.status).toBe(401);
      expect(answer.body).toMatchObject({ type: 'INVALID_REQUEST', code: 'UNAUTHORISED' });
    });

    it.each([
      ['username', {}],
      ['password', { username: 'ada@acme.example' }],
    ])('need the %s', async (field, body) => {
      expect((await post('/v1/oauth/token', body)).body).toMatchObject({ code: 'MISSING_FIELD', field });
    });

    it('are not given after ten failures, not even for the right password, until some time has passed', async () => {
      const { username } = await newUser();
      const guess = (password: string) => post('/v1/oauth/token', { username, password });
      const guesses = await Promise.all(Array.from({ length: 10 }, () => guess('Wrong horse 1')));
      expect(new Set(guesses.map(({ status }) => status))).toEqual(new Set([401]));
      const refused = await guess(PASSWORD);
      expect(refused.status).toBe(429);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(800);
      await api.database.client.$executeRaw`UPDATE login_attempt SET since = since - interval '16 minutes'`;
      expect((await guess(PASSWORD)).status).toBe(200);
    });

    it('are refreshed by themselves, as long as the login is not too old', async () => {
      const { username } = await newUser();
      const token = await login(username);
      const refreshed = await post('/v1/oauth/refresh-token', undefined, bearer(token));
      expect(refreshed.status).toBe(200);
      const again = bearer(refreshed.body.access_token);
      expect((await api.call('GET', '/v1/customers', undefined, again)).status).toBe(200);
    });

    it.each([
      ['none', ''],
      ['an API key', 'sk_nobody'],
      ['what is no token', 'eyJhbGciOiJub25lIn0.e30.x'],
    ])('are not refreshed by %s', async (_what, token) => {
      const answer = await post('/v1/oauth/refresh-token', undefined, token ? bearer(token) : {});
      expect(answer.status).toBe(401);
      expect(answer.body.code).toBe('UNAUTHORISED');
    });

    it('are no good when they are changed, unsigned, or signed by somebody else', async () => {
      const token = await login((await newUser()).username);
      const [head, body, signature] = token.split('.') as [string, string, string];
      const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as JWTPayload;
      const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
      const { privateKey } = await generateKeyPair('ES256');
      const forged = await new SignJWT(claims)
        .setProtectedHeader({ ...decodeProtectedHeader(token), alg: 'ES256' })
        .sign(privateKey);
      const bad = [
        `${head}.${encoded({ ...claims, sub: 'user_other' })}.${signature}`,
        `${encoded({ ...decodeProtectedHeader(token), alg: 'none' })}.${body}.x`,
        forged,
      ];
      for (const one of bad) {
        expect((await api.call('GET', '/v1/customers', undefined, bearer(one))).status).toBe(401);
      }
    });

    it('can be verified by others, with the keys that are published', async () => {
      const token = await login((await newUser()).username);
      const { status, body } = await api.call('GET', '/.well-known/jwks.json', undefined, nobody);
      expect(status).toBe(200);
      expect(body.keys.every((key: object) => !('d' in key))).toBe(true);
      const { payload } = await jwtVerify(token, createLocalJWKSet(body));
      expect(payload).toMatchObject({ platform_id: api.platformId, kind: 'USER' });
    });
  });

  describe('of a portal URL (e.65)', () => {
    const portalUrl = async (overrides: object = {}) => {
      const links = new PayLinks(await linkSecret(api.database, undefined), api.url);
      const id = links.portalUrlId(api.platformId, randomAlphanumerics(10));
      await api.database.client.portalUrl.create({
        data: { platformId: api.platformId, id, type: 'PAY_INVOICE', ...overrides },
      });
      const token = links.token(id);
      const [alias] = Buffer.from(token, 'base64url').toString().split('.');
      return { id, token, alias: alias! };
    };

    it.each(['alias', 'token'] as const)('are given for its %s, and open no resource', async (which) => {
      const answer = await post('/v1/oauth/token', { token_alias: (await portalUrl())[which] });
      expect(answer.status).toBe(200);
      const { payload } = await jwtVerify(
        answer.body.access_token,
        createLocalJWKSet((await api.call('GET', '/.well-known/jwks.json')).body),
      );
      expect(payload.exp).toBeGreaterThan(Date.now() / 1000);
      const headers = bearer(answer.body.access_token);
      for (const path of ['/v1/customers', '/v1/invoices', '/v1/api-keys']) {
        expect((await api.call('GET', path, undefined, headers)).status).toBe(403);
      }
    });

    it.each(['', 'nobody', 'x'.repeat(44)])('are not given for the alias "%s"', async (alias) => {
      const answer = await post('/v1/oauth/token', { token_alias: alias });
      expect(answer.status).toBe(401);
      expect(answer.body).toMatchObject({ type: 'INVALID_REQUEST', code: 'UNAUTHORISED' });
    });

    it('end with the portal URL, and so does refreshing', async () => {
      const { id, alias } = await portalUrl();
      const { access_token: token } = (await post('/v1/oauth/token', { token_alias: alias })).body;
      expect((await post('/v1/oauth/refresh-token', undefined, bearer(token))).status).toBe(200);
      await api.database.client.portalUrl.updateMany({ where: { id }, data: { status: 'REVOKED' } });
      const answers = await Promise.all([
        api.call('GET', '/v1/customers', undefined, bearer(token)),
        post('/v1/oauth/refresh-token', undefined, bearer(token)),
        post('/v1/oauth/token', { token_alias: alias }),
      ]);
      expect(answers.map(({ status }) => status)).toEqual([401, 401, 401]);
    });

    it('end no later than the portal URL expires', async () => {
      const expiresAt = new Date(Date.now() + 5 * 60_000);
      const { alias } = await portalUrl({ expiresAt });
      const { body } = await post('/v1/oauth/token', { token_alias: alias });
      expect(Date.parse(body.expires_at)).toBeLessThanOrEqual(expiresAt.getTime());
      const { alias: old } = await portalUrl({ expiresAt: new Date(Date.now() - 1000) });
      expect((await post('/v1/oauth/token', { token_alias: old })).status).toBe(401);
    });
  });
});
