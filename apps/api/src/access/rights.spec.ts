import { has, isAllowed, missingFor, NO_RIGHTS, rightsOfRoleType } from './rights.js';

describe('role_type (e.54)', () => {
  it.each([
    ['ADMINISTRATOR', ['CUSTOMER.CREATE'], true],
    ['READ_ONLY', ['CUSTOMER.VIEW'], true],
    ['READ_ONLY', ['INVOICE.PDF.DOWNLOAD'], true],
    ['READ_ONLY', ['INVOICE.PREVIEW'], true],
    ['READ_ONLY', ['CUSTOMER.CREATE'], false],
    ['READ_ONLY', ['CUSTOMER.CREATE', 'CUSTOMER.VIEW'], true],
    ['SOMETHING_NEW', ['CUSTOMER.VIEW'], false],
  ])('%s for any of %j: %s', (role, permissions, allowed) => {
    expect(isAllowed(rightsOfRoleType(role), permissions)).toBe(allowed);
  });
});

describe('named rights', () => {
  it('are these and no others', () => {
    const rights = new Set(['CUSTOMER.VIEW']);
    expect(has(rights, 'CUSTOMER.VIEW')).toBe(true);
    expect(has(rights, 'CUSTOMER.CREATE')).toBe(false);
  });
});

describe('what is missing for giving rights', () => {
  it.each([
    ['nothing, of one who may do everything', 'ALL' as const, 'ALL' as const, null],
    ['nothing, for giving nothing', NO_RIGHTS, NO_RIGHTS, null],
    ['nothing, for giving one of the own', new Set(['ROLE.VIEW', 'ROLE.CREATE']), new Set(['ROLE.VIEW']), null],
    ['what is not the own', new Set(['ROLE.VIEW']), new Set(['ROLE.CREATE']), 'ROLE.CREATE'],
    ['much, of one who only looks', 'LOOKING' as const, 'ALL' as const, 'ALERT_RULE.CREATE'],
  ])('is %s', (_what, own, granted, missing) => {
    expect(missingFor(own, granted)).toBe(missing);
  });
});
