import { type Arrival, readMail, recipients, summarise } from './inbox-mail.js';

const arrival = (to: string[] = ['jansen@example.com']): Arrival => ({
  id: '1',
  receivedAt: '2026-02-01T10:00:00.000Z',
  envelope: { from: 'billing@acme.example', to },
});

const read = (lines: string[], to?: string[]) => readMail(Buffer.from(lines.join('\r\n')), arrival(to));

describe('readMail', () => {
  it('decodes what the headers say and keeps them as they came, unfolded', async () => {
    const mail = await read([
      'From: =?utf-8?Q?M=C3=BCller?= <m@example.com>',
      'To: team: a@example.com, "B, the second" <b@example.com>;',
      'Subject: =?utf-8?B?6KuL5rGC5pu4?=',
      'X-Long: one',
      '  two',
      'Message-ID: <x@acme.example>',
      '',
      'Hello',
    ]);
    expect(mail).toMatchObject({
      from: [{ name: 'Müller', address: 'm@example.com' }],
      to: [
        { name: '', address: 'a@example.com' },
        { name: 'B, the second', address: 'b@example.com' },
      ],
      subject: '請求書',
      messageId: '<x@acme.example>',
      date: null,
      html: null,
    });
    expect(mail.headers).toContainEqual({ name: 'X-Long', value: 'one  two' });
    expect(mail.headers).toContainEqual({ name: 'Subject', value: '=?utf-8?B?6KuL5rGC5pu4?=' });
  });

  it('does not make up a text part for a mail that has none', async () => {
    const mail = await read(['Subject: x', 'Content-Type: text/html', '', '<p>Hello</p>']);
    expect(mail).toMatchObject({ text: null, html: '<p>Hello</p>', hasHtml: true });
  });

  it.each([
    ['nothing at all', ''],
    ['no headers', 'Hello'],
    ['bytes', '\u0000\u0001\u00ff'],
  ])('reads %s without complaint', async (_case, source) => {
    await expect(read([source])).resolves.toMatchObject({ id: '1', subject: '' });
  });

  it('gives an attachment without a name one, and the hash of its bytes', async () => {
    const mail = await read(['Content-Type: application/pdf', 'Content-Transfer-Encoding: base64', '', 'aGVsbG8=']);
    expect(mail.attachments).toEqual([
      {
        filename: 'attachment-1',
        contentType: 'application/pdf',
        size: 5,
        sha256: '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824',
        inline: false,
      },
    ]);
    expect(mail.contents.map(String)).toEqual(['hello']);
  });
});

describe('summarise', () => {
  it('leaves out what is read again from the file', async () => {
    const summary = summarise(await read(['Subject: x', '', 'Hello']));
    expect(summary).not.toHaveProperty('html');
    expect(summary).not.toHaveProperty('contents');
    expect(summary).not.toHaveProperty('source');
  });
});

describe('recipients', () => {
  it('takes the role from the headers, and calls whom they do not name a blind copy', async () => {
    const mail = await read(
      ['To: A@example.com', 'Cc: b@example.com', '', ''],
      ['a@example.com', 'b@example.com', 'c@example.com'],
    );
    expect(recipients(mail)).toEqual([
      { address: 'a@example.com', role: 'To' },
      { address: 'b@example.com', role: 'Cc' },
      { address: 'c@example.com', role: 'Bcc' },
    ]);
  });
});
