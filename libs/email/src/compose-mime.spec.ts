import fc from 'fast-check';
import { type AddressObject, simpleParser } from 'mailparser';
import { composeMime, envelopeOf } from './compose-mime.js';
import { type EmailMessage } from './message/email-message.js';

const message = (overrides: Partial<EmailMessage> = {}): EmailMessage => ({
  messageId: '<wkfe_1.1@billing.example>',
  date: new Date('2026-11-24T10:00:00Z'),
  from: { name: 'Billing', email: 'billing@acme.example' },
  replyTo: null,
  recipients: { to: [{ name: 'Ada', email: 'ada@example.com' }], cc: [], bcc: [] },
  subject: 'Your invoice',
  html: '<p>Dear Ada</p>',
  text: 'Dear Ada',
  locale: 'en-GB',
  attachments: [],
  boundarySeed: 'wkfe_1/1',
  ...overrides,
});

const composed = async (overrides: Partial<EmailMessage> = {}): Promise<string> =>
  Buffer.from(await composeMime(message(overrides))).toString('latin1');
const parsed = async (overrides: Partial<EmailMessage> = {}) => simpleParser(await composed(overrides));
const headOf = (mime: string): string => mime.slice(0, mime.indexOf('\r\n\r\n'));
const pdf = (size: number) => ({
  filename: 'invoice-2026-1.pdf',
  contentType: 'application/pdf',
  content: Uint8Array.from({ length: size }, (_, at) => (at * 7) % 256),
});

describe('composeMime', () => {
  it('says who it is from and to, when, in which language, and that no person wrote it', async () => {
    const mail = await parsed({
      replyTo: { name: null, email: 'help@acme.example' },
      recipients: {
        to: [{ name: 'Ada', email: 'ada@example.com' }],
        cc: [{ email: 'bob@example.com' }],
        bcc: [],
      },
    });
    expect(mail.from?.text).toBe('"Billing" <billing@acme.example>');
    expect((mail.to as AddressObject).text).toBe('"Ada" <ada@example.com>');
    expect((mail.cc as AddressObject).text).toBe('bob@example.com');
    expect(mail.replyTo?.text).toBe('help@acme.example');
    expect(mail.messageId).toBe('<wkfe_1.1@billing.example>');
    expect(mail.date).toEqual(new Date('2026-11-24T10:00:00Z'));
    expect(mail.headers.get('auto-submitted')).toBe('auto-generated');
    expect(mail.headers.get('content-language')).toBe('en-GB');
  });

  it('gives the same bytes for the same message, and other boundaries for another seed', async () => {
    const first = await composed({ attachments: [pdf(1000)] });
    expect(await composed({ attachments: [pdf(1000)] })).toBe(first);
    const other = await composed({ attachments: [pdf(1000)], boundarySeed: 'wkfe_1/2' });
    expect(other).not.toBe(first);
    expect(other.replace(/part-[0-9a-f]{32}/g, '')).toBe(first.replace(/part-[0-9a-f]{32}/g, ''));
  });

  it('offers text and HTML as alternatives with the PDF beside them, each unharmed', async () => {
    const text = 'Dear Ada,\n.\n..dots\nFrom here\n' + 'x'.repeat(1200) + '\nÅ';
    const html = `<p>${'long '.repeat(500)}€</p>`;
    const mail = await parsed({ text, html, attachments: [pdf(100_000)] });
    expect(mail.text?.trimEnd()).toBe(text);
    expect(mail.html).toBe(html);
    expect(mail.attachments).toHaveLength(1);
    expect(mail.attachments[0]).toMatchObject({ filename: 'invoice-2026-1.pdf', contentType: 'application/pdf' });
    expect(new Uint8Array(mail.attachments[0]!.content)).toEqual(pdf(100_000).content);
    expect(await composed({ attachments: [pdf(10)] })).toMatch(
      /multipart\/mixed[^]*multipart\/alternative[^]*text\/plain[^]*text\/html[^]*application\/pdf/,
    );
  });

  it('never names blind copies', async () => {
    const bcc = [{ name: 'Archive', email: 'archive@example.com' }];
    expect(await composed({ recipients: { ...message().recipients, bcc } })).not.toMatch(/archive|bcc/i);
  });

  it.each([
    ['umlauts', 'Jörg Müller GmbH & Söhne'],
    ['Japanese', '株式会社アクメ・ホールディングス東京本社経理部'],
    ['quotes and commas', 'Lovelace, "Ada" <Countess> \\ Ltd.'],
    ['emoji', '🚀 Rockets 👩‍👩‍👧 Inc.'],
    ['right to left', 'שלום בע״מ'],
  ])('carries a name and a subject with %s', async (_what, words) => {
    const mail = await parsed({
      subject: words,
      from: { name: words, email: 'billing@acme.example' },
      recipients: { to: [{ name: words, email: 'ada@example.com' }], cc: [], bcc: [] },
    });
    expect(mail.subject).toBe(words);
    expect(mail.from?.value[0]?.name).toBe(words);
    expect((mail.to as AddressObject).value).toEqual([{ name: words, address: 'ada@example.com' }]);
  });

  it('writes international domains in ASCII', async () => {
    const mime = await composed({
      from: { email: 'billing@büro.example' },
      recipients: { to: [{ email: 'ada@例え.テスト' }], cc: [], bcc: [] },
    });
    expect(mime).toContain('From: billing@xn--bro-hoa.example\r\n');
    expect(mime).toContain('To: ada@xn--r8jz45g.xn--zckzah\r\n');
  });

  it('folds a long subject and keeps it whole', async () => {
    const subject = 'Invoice 2026-0001 for the fourth quarter of your enterprise subscription '.repeat(5).trim();
    expect((await parsed({ subject })).subject).toBe(subject);
    expect(
      headOf(await composed({ subject }))
        .split('\r\n')
        .every((line) => line.length <= 78),
    ).toBe(true);
  });

  it('names a file in any script', async () => {
    const mail = await parsed({ attachments: [{ ...pdf(3), filename: 'Rechnung-Größe-請求書 "1".pdf' }] });
    expect(mail.attachments[0]?.filename).toBe('Rechnung-Größe-請求書 "1".pdf');
  });

  it.each(['\r\nBcc: eve@example.com', '\nBcc: eve@example.com', '\rBcc: eve@example.com', '\0', '\u2028Bcc: x'])(
    'lets nothing start a header of its own: %j',
    async (break_) => {
      const mime = await composed({
        subject: `Hi${break_}`,
        from: { name: `Acme${break_}`, email: 'billing@acme.example' },
        recipients: { to: [{ name: `Ada${break_}`, email: 'ada@example.com' }], cc: [], bcc: [] },
        messageId: `<1@x.example>${break_}`,
        locale: `en${break_}`,
        headers: { 'X-Entity-Ref-ID': `1${break_}` },
        attachments: [{ ...pdf(1), filename: `a${break_}.pdf` }],
      });
      expect(mime).not.toMatch(/^bcc/im);
      expect(mime).not.toContain('\0');
    },
  );

  it('refuses an address with a line break, whoever it belongs to', async () => {
    const email = 'a@example.com\r\nBcc: eve@example.com';
    await expect(composeMime(message({ from: { email } }))).rejects.toMatchObject({ code: 'SENDER_INVALID' });
    await expect(composeMime(message({ replyTo: { email } }))).rejects.toMatchObject({ code: 'SENDER_INVALID' });
    const recipients = { to: [{ email }], cc: [], bcc: [] };
    await expect(composeMime(message({ recipients }))).rejects.toMatchObject({ code: 'RECIPIENT_INVALID' });
  });

  it.each(['Bcc', 'content-type', 'Message-ID', 'Auto-Submitted', 'X Y', 'X:'])(
    'refuses %s as an own header',
    async (name) => {
      await expect(composeMime(message({ headers: { [name]: 'x' } }))).rejects.toMatchObject({
        code: 'HEADER_INVALID',
      });
    },
  );

  it('is 7-bit, with CRLF lines that no server must break, whatever the content', async () => {
    const words = fc.array(fc.nat(0xffff), { maxLength: 150 }).map((codes) => String.fromCharCode(...codes));
    await fc.assert(
      fc.asyncProperty(words, words, words, words, async (subject, name, text, html) => {
        const mime = await composed({
          subject,
          text,
          html,
          recipients: { to: [{ name, email: 'ada@example.com' }], cc: [], bcc: [] },
          attachments: [{ ...pdf(100), filename: `${name}.pdf` }],
        });
        expect(mime).toMatch(/^[\t\r\n\x20-\x7e]*$/);
        expect(mime.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
        expect(mime.split('\r\n').every((line) => line.length <= 998)).toBe(true);
      }),
      { numRuns: 100, examples: [['', '', '\r', 'a\rb\r']] },
    );
  });
});

describe('envelopeOf', () => {
  it('lists everybody, blind copies too, in ASCII', () => {
    const recipients = {
      to: [{ email: 'ada@büro.example' }],
      cc: [{ email: 'bob@example.com' }],
      bcc: [{ email: 'archive@example.com' }],
    };
    expect(envelopeOf(message({ recipients }))).toEqual({
      from: 'billing@acme.example',
      to: ['ada@xn--bro-hoa.example', 'bob@example.com', 'archive@example.com'],
    });
  });
});
