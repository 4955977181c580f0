import { customerPage, type CustomerPageView } from './customer-page.js';

describe('the page of a customer', () => {
  const page = (overrides: Partial<CustomerPageView> = {}) =>
    customerPage({
      locale: 'nl-NL',
      zone: 'Europe/Amsterdam',
      platformName: 'Acme B.V.',
      customerName: '<Jansen>',
      invoices: [
        {
          number: 'INV-7',
          dueDate: '2026-02-14T00:00:00Z',
          open: { quantity: '1200', currency: 'EUR' },
          isOverdue: true,
          url: '/pay/token/invo_1',
        },
      ],
      ...overrides,
    });

  it('links each invoice that is still to be paid, in the language of its reader, and escapes names', () => {
    expect(page()).toContain('href="/pay/token/invo_1"');
    expect(page()).toContain('INV-7');
    expect(page()).toContain('1.200,00');
    expect(page()).toContain('lang="nl"');
    expect(page()).toContain('&lt;Jansen&gt;');
  });

  it('says so when nothing is to pay', () => {
    expect(page({ locale: 'en', invoices: [] })).toContain('There is nothing to pay');
  });
});
