import { isAllowed } from './permissions.js';

describe('isAllowed', () => {
  it.each([
    ['ADMINISTRATOR', ['CUSTOMER.CREATE'], true],
    ['READ_ONLY', ['CUSTOMER.VIEW'], true],
    ['READ_ONLY', ['INVOICE.PDF.DOWNLOAD'], true],
    ['READ_ONLY', ['CUSTOMER.CREATE'], false],
    ['READ_ONLY', ['CUSTOMER.CREATE', 'CUSTOMER.VIEW'], true],
    ['SOMETHING_NEW', ['CUSTOMER.VIEW'], false],
  ])('%s for any of %j: %s', (role, permissions, allowed) => {
    expect(isAllowed(role, permissions)).toBe(allowed);
  });
});
