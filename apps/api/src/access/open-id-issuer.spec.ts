import { apiConfig } from '../api.config.js';
import { claimAt, OpenIdIssuer, rolesIn } from './open-id-issuer.js';

describe('the claim with roles', () => {
  it.each([
    ['roles', { roles: ['Administrator'] }, ['Administrator']],
    ['realm_access.roles', { realm_access: { roles: ['a'] } }, ['a']],
    ['https://acme.example/roles', { 'https://acme.example/roles': ['a'] }, ['a']],
    ['realm_access.roles', { realm_access: 'a' }, undefined],
    ['roles', {}, undefined],
  ])('is found at %s', (path, payload, value) => {
    expect(claimAt(payload, path)).toEqual(value);
  });

  it.each([
    ['names roles of the one platform', ['Administrator', 'a/b'], 'Acme', ['Acme: Administrator', 'Acme: a/b']],
    ['may be one text', 'Administrator', 'Acme', ['Acme: Administrator']],
    [
      'names platforms with their roles',
      ['Acme/Contact Viewer', 'Beta/a/b'],
      undefined,
      ['Acme: Contact Viewer', 'Beta: a/b'],
    ],
    ['gives nothing where a platform is missing', ['Administrator', '/Administrator'], undefined, []],
    ['gives nothing when it is no text', [1, null, {}], 'Acme', []],
  ])('%s', (_what, claim, platform, expected) => {
    expect(rolesIn(claim, platform).map(({ platform: on, role }) => `${on}: ${role}`)).toEqual(expected);
  });
});

describe('the settings of an issuer', () => {
  const config = (settings: object) => apiConfig.parse({ DATABASE_URL: 'postgres://localhost/x', ...settings });

  it('need an audience: tokens for other programs would be good here', () => {
    expect(() => new OpenIdIssuer(config({ OIDC_ISSUER: 'https://id.acme.example' }))).toThrow('OIDC_AUDIENCE');
  });

  it('may be left out', async () => {
    const issuer = new OpenIdIssuer(config({}));
    expect(issuer.issuer).toBeNull();
    expect(await issuer.read('eyJhbGciOiJFUzI1NiJ9.e30.x')).toBeNull();
  });
});
