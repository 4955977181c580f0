import fc from 'fast-check';
import { type OpenedMail } from '../inbox-mail.js';
import { listPage, type ListView } from './list-page.js';
import { mailPage } from './mail-page.js';
import { type MailTab, tabFor, TABS } from './mail-tabs.js';
import { fileSize, shortTime } from './wording.js';

const mail = (overrides: Partial<OpenedMail> = {}): OpenedMail => ({
  id: '7',
  receivedAt: '2026-02-01T10:00:00.000Z',
  envelope: { from: 'billing@acme.example', to: ['jansen@example.com'] },
  from: [{ name: 'Acme', address: 'billing@acme.example' }],
  to: [{ name: 'Jansen', address: 'jansen@example.com' }],
  cc: [],
  replyTo: [],
  subject: 'Invoice INV-7',
  date: null,
  messageId: '<x@acme.example>',
  headers: [{ name: 'X-Mailer', value: 'billing' }],
  text: 'Dear Jansen',
  hasHtml: true,
  attachments: [],
  size: 100,
  html: '<p>Dear Jansen</p>',
  contents: [],
  source: Buffer.from('Subject: Invoice INV-7\r\n\r\nDear Jansen'),
  ...overrides,
});

const list = (overrides: Partial<ListView> = {}): string =>
  listPage({
    mails: [mail()],
    total: 1,
    page: 1,
    pages: 1,
    query: '',
    newestId: '7',
    repeated: new Map(),
    smtpUrl: 'smtp://127.0.0.1:2525',
    unreadable: [],
    now: new Date('2026-02-01T12:00:00Z'),
    ...overrides,
  });

const page = (tab: MailTab, overrides: Partial<OpenedMail> = {}): string =>
  mailPage({ mail: mail(overrides), tab, newer: null, older: null, twins: [] });

const file = (overrides: Partial<OpenedMail['attachments'][number]> = {}) => ({
  filename: 'invoice.pdf',
  contentType: 'application/pdf',
  size: 48_000,
  sha256: 'abc',
  inline: false,
  ...overrides,
});

/** The tags of a document, with attribute values taken out: what structure there is. */
const structure = (document: string): string[] =>
  [...document.replace(/"[^"]*"/g, '""').matchAll(/<[a-z!/][^>]*>/gi)].map(([tag]) => tag);

const hostileTexts = fc.oneof(
  fc.constantFrom(
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "' onclick='x",
    '</title>',
    '</pre><b>',
  ),
  fc
    .string({ minLength: 1, unit: fc.constantFrom('<', '>', '"', "'", '&', '/', '=', 'a', '`') })
    .map((text) => `a${text}`),
);

describe('listPage', () => {
  it('says to whom each mail went, what it is about and how it begins', () => {
    const document = list();
    for (const fact of ['Jansen &lt;jansen@example.com&gt;', 'Invoice INV-7', 'Dear Jansen', 'href="/inbox/7"']) {
      expect(document).toContain(fact);
    }
  });

  it('says where to send mail to while there is none', () => {
    expect(list({ mails: [], total: 0, newestId: '' })).toContain('smtp://127.0.0.1:2525');
  });

  it('marks blind copies, files and mails that came more than once', () => {
    const envelope = { from: 'billing@acme.example', to: ['jansen@example.com', 'archive@acme.example'] };
    const document = list({
      mails: [mail({ envelope, attachments: [file(), file({ inline: true })] })],
      repeated: new Map([['<x@acme.example>', 2]]),
    });
    for (const chip of ['came 2 times', '1 bcc', '1 file']) expect(document).toContain(chip);
  });

  it('names files that it could not read', () => {
    expect(list({ unreadable: ['3.json'] })).toContain('3.json');
  });

  it('keeps the search while one turns pages', () => {
    expect(list({ query: 'a&b', page: 2, pages: 3 })).toContain('href="/inbox?q=a%26b&amp;page=3"');
  });
});

describe('mailPage', () => {
  it('frames the html without letting it run scripts or be of our origin', () => {
    const document = page('html');
    expect(document).toContain('src="/inbox/7/html"');
    expect(document).toContain('sandbox="allow-popups allow-popups-to-escape-sandbox"');
    expect(document).not.toContain('Dear Jansen</p>');
  });

  it('makes links of addresses in the text, without the full stop that follows', () => {
    expect(page('text', { text: 'Pay at https://pay.example/x?a=1&b=2. Thanks' })).toContain(
      '<a href="https://pay.example/x?a=1&amp;b=2" target="_blank" rel="noopener noreferrer">https://pay.example/x?a=1&amp;b=2</a>. Thanks',
    );
  });

  it('shows in the envelope who received a blind copy', () => {
    const envelope = { from: '', to: ['jansen@example.com', 'archive@acme.example'] };
    const document = page('envelope', { envelope });
    expect(document).toContain('&lt;&gt;');
    expect(document).toMatch(/archive@acme\.example<\/code>\s*<span class="chip">Bcc/);
  });

  it('shows a PDF at once and offers what could run for download only', () => {
    const script = file({ filename: 'x.svg', contentType: 'image/svg+xml' });
    const document = page('attachments', { attachments: [file(), script] });
    expect(document).toContain('<iframe src="/inbox/7/attachments/0"');
    expect(document).not.toContain('href="/inbox/7/attachments/1"');
    expect(document).toContain('href="/inbox/7/attachments/1?download"');
  });

  it('links to the other mails with the same Message-ID', () => {
    const document = mailPage({ mail: mail(), tab: 'text', newer: '8', older: '6', twins: ['3'] });
    expect(document).toContain('<a href="/inbox/3">mail 3</a>');
  });

  it.each(Object.keys(TABS) as MailTab[])('escapes whatever a mail says, on the tab %s', (tab) => {
    const made = (text: string) =>
      page(tab, {
        envelope: { from: text, to: [text] },
        from: [{ name: text, address: text }],
        cc: [{ name: text, address: text }],
        subject: text,
        headers: [{ name: text, value: text }],
        text,
        html: text,
        attachments: [file({ filename: text, contentType: text }), file({ filename: text })],
        source: Buffer.from(text),
      });
    const expected = structure(made('a'));
    fc.assert(
      fc.property(hostileTexts, (text) => expect(structure(made(text))).toEqual(expected)),
      { numRuns: 40 },
    );
  });

  it('escapes whatever a mail says, in the list', () => {
    const made = (text: string) =>
      list({ mails: [mail({ to: [{ name: text, address: text }], subject: text, text })], query: text });
    const expected = structure(made('a'));
    fc.assert(
      fc.property(hostileTexts, (text) => expect(structure(made(text))).toEqual(expected)),
      { numRuns: 40 },
    );
  });
});

describe('tabFor', () => {
  it('opens the text of a mail without html', () => {
    expect(tabFor(undefined, mail({ html: null }))).toBe('text');
    expect(tabFor(undefined, mail())).toBe('html');
  });

  it('does not mistake other words for tabs', () => {
    expect(tabFor('constructor', mail())).toBe('html');
    expect(tabFor('headers', mail())).toBe('headers');
  });
});

describe('wording', () => {
  it('writes sizes as people read them', () => {
    expect([12, 48_000, 1_250_000].map(fileSize)).toEqual(['12 B', '48 kB', '1.3 MB']);
  });

  it('writes the time for a mail of today and the day for an older one', () => {
    const now = new Date('2026-02-01T12:00:00');
    expect(shortTime('2026-02-01T10:05:07', now)).toBe('10:05:07');
    expect(shortTime('2026-01-31T10:05:07', now)).toBe('31 Jan, 10:05');
  });
});
