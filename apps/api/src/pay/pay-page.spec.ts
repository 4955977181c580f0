import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { type PayBankAccount } from './bank-transfer.js';
import { PAY_PAGE_CSP, PAY_PAGE_HEADERS } from './pay-frame.js';
import { payPage, type PayPageView, payProblemPage } from './pay-page.js';

const account = (overrides: Partial<PayBankAccount> = {}): PayBankAccount => ({
  legal_name: 'Acme B.V.',
  iban: 'NL91ABNA0417164300',
  bic: 'ABNANL2A',
  bank_name: 'ABN AMRO',
  account_number: null,
  reference: 'RF18539007547034',
  details: [],
  ...overrides,
});

type Overrides = Partial<Omit<PayPageView, 'invoice'>> & { invoice?: Partial<PayPageView['invoice']> };

const page = ({ invoice, ...overrides }: Overrides = {}): string =>
  payPage({
    locale: 'en-GB',
    zone: 'Europe/Amsterdam',
    seller: { name: 'Acme B.V.', email: 'billing@acme.example', addressLines: ['Dam 1', 'Amsterdam'] },
    customerName: 'Jansen & Zonen',
    invoice: {
      number: 'INV-7',
      date: '2026-01-15T00:00:00Z',
      dueDate: '2026-02-14T00:00:00Z',
      total: { quantity: '1200', currency: 'EUR' },
      open: { quantity: '1200', currency: 'EUR' },
      isOverdue: false,
      pdfUrl: '/pay/secret/invoice.pdf',
      ...invoice,
    },
    state: 'OPEN',
    bankAccounts: [account()],
    redirects: [],
    ...overrides,
  });

/** What a reader sees, without markup, style and script. */
const read = (document: string): string =>
  document
    .replace(/<(style|script)>[\s\S]*?<\/\1>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/[\s\u00a0]+/g, ' ');

/** The start tags of a document, with text and attribute values taken out: what structure there is. */
const structure = (document: string): string[] =>
  [...document.replace(/"[^"]*"/g, '""').matchAll(/<[a-z!/][^>]*>/gi)].map(([tag]) => tag);

describe('payPage', () => {
  it('says who asks for how much, for what and until when', () => {
    const text = read(page());
    for (const fact of ['Acme B.V.', 'Invoice INV-7', '€1,200.00', 'Due by 14 February 2026', 'Jansen &amp; Zonen']) {
      expect(text).toContain(fact);
    }
  });

  it('asks for what is open now and shows what has been settled', () => {
    const text = read(page({ invoice: { open: { quantity: '200.50', currency: 'EUR' } } }));
    expect(text).toContain('Amount to pay €200.50');
    expect(text).toContain('Already settled €999.50');
    expect(text).toContain('Still to pay €200.50');
  });

  it('says kindly that the due date has passed', () => {
    expect(read(page({ invoice: { isOverdue: true } }))).toContain(
      'Overdue Amount to pay €1,200.00 Was due on 14 February 2026',
    );
  });

  it('shows an IBAN in groups of four and copies it without spaces', () => {
    const document = page({ bankAccounts: [account({ iban: 'NL91 ABNA 0417 1643 00' })] });
    expect(read(document)).toContain('NL91 ABNA 0417 1643 00');
    expect(document).toContain('data-copy="NL91ABNA0417164300"');
  });

  it.each([
    ['en-GB', '1200.00'],
    ['nl-NL', '1200,00'],
    ['de-CH', '1200.00'],
  ])('copies the amount as one types it in %s', (locale, typed) => {
    expect(page({ locale })).toContain(`data-copy="${typed}"`);
  });

  it('keeps every digit of an amount', () => {
    const open = { quantity: '12345678901234567890.123', currency: 'OMR' };
    const document = page({ invoice: { open, total: open } });
    expect(read(document)).toContain('OMR 12,345,678,901,234,567,890.123');
    expect(document).toContain('data-copy="12345678901234567890.123"');
  });

  it('asks for the invoice number when an account has no reference of its own', () => {
    expect(page({ bankAccounts: [account({ reference: null })] })).toContain('data-copy="INV-7"');
  });

  it('names each of several accounts, with its local details', () => {
    const local = account({ iban: null, account_number: '12345678', details: [['Sort code', '20-00-00']] });
    const text = read(page({ bankAccounts: [account(), local] }));
    expect(text).toContain('Account 1 of 2');
    expect(text).toMatch(/Account 2 of 2.*Account number 12345678.*Sort code 20-00-00/);
  });

  it('leaves out an account to which nothing can be transferred', () => {
    const text = read(page({ bankAccounts: [account({ iban: null })] }));
    expect(text).not.toContain('ABNANL2A');
    expect(text).toContain('Please contact Acme B.V. to arrange your payment.');
  });

  it('hides the copy buttons until the script has shown that it runs', () => {
    const document = page();
    expect(document.match(/class="copy"/g)?.length).toBe(5);
    expect(document.match(/<dd class="act" hidden>/g)?.length).toBe(5);
  });

  it('leads to the sites where one can pay, without telling them where the reader came from', () => {
    const document = page({ redirects: [{ label: 'iDEAL', url: 'https://pay.example/x?a=1&b=2' }] });
    expect(document).toContain('href="https://pay.example/x?a=1&amp;b=2" rel="noopener noreferrer"');
    expect(read(document)).toContain('Or pay by bank transfer');
  });

  it.each(['javascript:alert(1)', 'http://pay.example', 'data:text/html,x', '//pay.example', 'not an address'])(
    'does not offer the address %s',
    (url) => {
      const document = page({ redirects: [{ label: 'Pay', url }], bankAccounts: [] });
      expect(document).not.toContain(url);
      expect(read(document)).toContain('Please contact Acme B.V. to arrange your payment.');
    },
  );

  it.each([
    ['PAID', 'This invoice has been paid'],
    ['NOTHING_TO_PAY', 'There is nothing to pay'],
    ['NOT_PAYABLE', 'This invoice cannot be paid here'],
  ] as const)('in state %s says "%s" and offers no way to pay', (state, sentence) => {
    const document = page({ state, redirects: [{ label: 'iDEAL', url: 'https://pay.example' }] });
    expect(read(document)).toContain(sentence);
    for (const way of ['NL91', 'https://pay.example', 'data-copy=']) {
      expect(document.replace(/<script>[\s\S]*<\/script>/, '')).not.toContain(way);
    }
  });

  it('speaks Dutch and German as the customer does, and writes money their way', () => {
    expect(read(page({ locale: 'nl-NL' }))).toContain('Te betalen € 1.200,00 Uiterste betaaldatum: 14 februari 2026');
    expect(read(page({ locale: 'de_DE' }))).toContain('Zu zahlender Betrag 1.200,00 € Zahlbar bis 14. Februar 2026');
    expect(page({ locale: 'nl-NL' })).toContain('<html lang="nl" dir="ltr">');
  });

  it('speaks English with the region of a reader whose language it does not know', () => {
    const document = page({ locale: 'sv-SE' });
    expect(document).toContain('<html lang="en" dir="ltr">');
    expect(read(document)).toContain('Due by 14 February 2026');
    expect(read(page({ locale: 'not a locale' }))).toContain('Amount to pay');
  });

  it('prints a document that states almost nothing', () => {
    const document = page({
      seller: { name: 'Acme', email: null, addressLines: [] },
      customerName: null,
      invoice: { number: null, date: null, dueDate: null, total: null, pdfUrl: null },
      bankAccounts: [account({ legal_name: null, bic: null, bank_name: null, reference: null })],
    });
    expect(read(document)).toContain('Amount to pay €1,200.00');
    expect(read(document)).not.toMatch(/null|undefined|mailto|false/);
  });

  it('escapes whatever stands in a name, a reference, a label or an address', () => {
    const plain = { seller: { name: 'x', email: 'x', addressLines: ['x'] }, customerName: 'x' };
    const made = (text: string) =>
      page({
        ...plain,
        seller: { name: text, email: text, addressLines: [text] },
        customerName: text,
        invoice: { number: text, pdfUrl: `/pay/${text}` },
        bankAccounts: [account({ legal_name: text, iban: text, bic: text, reference: text, details: [[text, text]] })],
        redirects: [{ label: text, url: `https://pay.example/${encodeURIComponent(text)}` }],
      });
    const expected = structure(made('x'));
    const hostile = fc.oneof(
      fc.constantFrom(
        '<script>alert(1)</script>',
        '"><img src=x onerror=alert(1)>',
        "' onclick='x",
        '</title>',
        '&lt;b',
        '--><b>',
      ),
      fc.string({ minLength: 1, unit: fc.constantFrom('<', '>', '"', "'", '&', '/', '=', 'a', '`', '\\') }),
    );
    fc.assert(
      fc.property(hostile, (text) => expect(structure(made(text))).toEqual(expected)),
      { numRuns: 60 },
    );
  });

  it('needs nothing from elsewhere and is not to be found by search engines', () => {
    const document = page();
    expect(document).toContain('<meta name="robots" content="noindex, nofollow" />');
    expect(document).toContain('<meta name="referrer" content="no-referrer" />');
    expect(document).not.toMatch(/<(link|script|img|iframe)[^>]+(src|href)="(?!data:)/);
    expect(document).not.toMatch(/@import|url\(/);
  });

  it('allows exactly its own style and script', () => {
    const document = page();
    for (const element of ['style', 'script']) {
      const [, inline] = new RegExp(`<${element}>([\\s\\S]*?)</${element}>`).exec(document)!;
      const hash = createHash('sha256').update(inline!).digest('base64');
      expect(PAY_PAGE_CSP).toContain(`${element}-src 'sha256-${hash}'`);
    }
    expect(document).not.toMatch(/ style="| on[a-z]+="/);
    expect(PAY_PAGE_HEADERS['cache-control']).toBe('no-store');
  });
});

describe('payProblemPage', () => {
  it.each([
    ['UNKNOWN', 'en', 'We cannot find this payment page'],
    ['EXPIRED', 'nl-NL', 'Deze betaallink is verlopen'],
    ['REVOKED', 'de', 'Dieser Zahlungslink wird nicht mehr verwendet'],
  ] as const)('for %s in %s says "%s"', (kind, locale, sentence) => {
    expect(read(payProblemPage(kind, locale))).toContain(sentence);
  });
});
