import fc from 'fast-check';
import { simpleParser } from 'mailparser';
import MailComposer from 'nodemailer/lib/mail-composer';
import { mimeBytes } from './mime-bytes.js';

interface Parts {
  subject: string;
  text: string;
  html: string;
  file: Buffer;
}

const compile = ({ subject, text, html, file }: Parts) =>
  new MailComposer({
    messageId: '<1@acme.example>',
    date: new Date('2026-11-24T10:00:00Z'),
    from: 'billing@acme.example',
    to: 'ada@example.com',
    subject,
    text,
    html,
    attachments: file.length > 0 ? [{ filename: 'invoice.pdf', contentType: 'application/pdf', content: file }] : [],
    boundaryPrefix: '--part',
    baseBoundary: '0123456789abcdef',
    newline: 'win',
  }).compile();

const asOurs = (parts: Parts): string => mimeBytes(compile(parts)).toString('latin1');
const asNodemailers = async (parts: Parts): Promise<string> => (await compile(parts).build()).toString('latin1');

const pieces = fc.constantFrom(' ', '\t', '\n', '\r\n', '\r', '=', '.', '€', '請', '😀', '\0', 'word', 'x'.repeat(80));
// Blanks at the very end are broken elsewhere than nodemailer's stream breaks them; both are right.
const words = fc.array(fc.oneof(pieces, fc.string()), { maxLength: 60 }).map((list) => `${list.join('')}.`);
const file = fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes));

describe('mimeBytes', () => {
  it('gives the bytes that nodemailer builds, whatever the parts hold', async () => {
    await fc.assert(
      fc.asyncProperty(fc.record({ subject: words, text: words, html: words, file }), async (parts) => {
        expect(asOurs(parts)).toBe(await asNodemailers(parts));
      }),
      { numRuns: 300 },
    );
  });

  it('keeps blanks at the end of a part', async () => {
    const html = `<p>€</p>${'x'.repeat(70)}   `;
    const mail = await simpleParser(asOurs({ subject: 'Invoice', text: 'Dear Ada', html, file: Buffer.from('pdf') }));
    expect(mail.html).toBe(html);
  });

  it('gives them for parts as large as mails have', async () => {
    const html = `<p>${'Größe and a price of 10 € '.repeat(2_000)}</p>`;
    const parts = { subject: 'Invoice', text: 'Dear Ada\n'.repeat(900), html, file: Buffer.alloc(300_000, 'pdf') };
    expect(asOurs(parts)).toBe(await asNodemailers(parts));
  });
});
