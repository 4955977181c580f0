import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { type RunningApi, startApi, STARTING_MS } from './start-api.js';

describe('tokens of an OpenID Connect issuer', () => {
  let api: RunningApi;
  let issuer: { url: string; server: Server; sign: (claims: JWTPayload, audience?: string) => Promise<string> };

  beforeAll(async () => {
    issuer = await startIssuer();
    api = await startApi({ OIDC_ISSUER: issuer.url, OIDC_AUDIENCE: 'billing', OIDC_ROLES_CLAIM: 'realm_access.roles' });
  }, STARTING_MS);
  afterAll(async () => {
    await api.stop();
    issuer.server.close();
  });

  const get = async (path: string, token: string, headers = {}) =>
    api.call('GET', path, undefined, { 'x-api-key': '', authorization: `Bearer ${token}`, ...headers });
  const roles = (...names: string[]) => ({ sub: 'ada', realm_access: { roles: names } });

  it('open what the roles of their claim allow, on the platform that it names', async () => {
    const token = await issuer.sign(
      roles(`${api.platformId}/Customer Viewer`, `${api.platformId}/no such role`, 'offline'),
    );
    const answers = await Promise.all([get('/v1/customers', token), get('/v1/contacts', token)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 403]);
  });

  it('have to say which platform is meant, when they name several (e.55)', async () => {
    const other = await api.platform();
    const token = await issuer.sign(roles(`${api.platformId}/Customer Viewer`, `${other.platformId}/Contact Viewer`));
    const unsaid = await get('/v1/customers', token);
    expect(unsaid.status).toBe(400);
    expect(unsaid.body).toMatchObject({ code: 'MISSING_FIELD', field: 'x-platform-id' });
    const on = (platformId: string, path: string) => get(path, token, { 'x-platform-id': platformId });
    const answers = await Promise.all([
      on(api.platformId, '/v1/customers'),
      on(api.platformId, '/v1/contacts'),
      on(other.platformId, '/v1/customers'),
      on(other.platformId, '/v1/contacts'),
      on((await api.platform()).platformId, '/v1/customers'),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 403, 403, 200, 403]);
  });

  it('are refused with 403 when they name no role here', async () => {
    expect((await get('/v1/customers', await issuer.sign({ sub: 'ada' }))).status).toBe(403);
    expect((await get('/v1/customers', await issuer.sign(roles('Administrator')))).status).toBe(403);
  });

  it('are no good for another audience, after their end, or without a subject', async () => {
    const claims = roles(`${api.platformId}/Administrator`);
    const bad = await Promise.all([
      issuer.sign(claims, 'another program'),
      issuer.sign({ ...claims, exp: Math.floor(Date.now() / 1000) - 60 }),
      issuer.sign({ realm_access: claims.realm_access }),
    ]);
    for (const token of bad) expect((await get('/v1/customers', token)).status).toBe(401);
    const elsewhere = await startIssuer();
    expect((await get('/v1/customers', await elsewhere.sign(claims))).status).toBe(401);
    elsewhere.server.close();
  });
});

async function startIssuer() {
  const { publicKey, privateKey } = await generateKeyPair('RS256');
  const jwk = { ...(await exportJWK(publicKey)), kid: 'one', alg: 'RS256' };
  const server = createServer((request, response) => {
    const body = request.url === '/jwks' ? { keys: [jwk] } : { issuer: url, jwks_uri: `${url}/jwks` };
    response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const sign = (claims: JWTPayload, audience = 'billing') =>
    new SignJWT({ exp: Math.floor(Date.now() / 1000) + 600, ...claims })
      .setProtectedHeader({ alg: 'RS256', kid: 'one' })
      .setIssuer(url)
      .setAudience(audience)
      .sign(privateKey);
  return { url, server, sign };
}
