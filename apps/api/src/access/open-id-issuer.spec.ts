import { claimAt, rolesIn } from './open-id-issuer.js';

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
