import { createHash } from 'node:crypto';
import { PermanentFailure } from '#kernel/failures';
import MailComposer from 'nodemailer/lib/mail-composer';
import { addressProblem, asciiAddress, type Mailbox } from './message/address.js';
import { type EmailMessage } from './message/email-message.js';
import { mimeBytes } from './mime-bytes.js';

/* A part that needs no encoding would carry it as it is, and a server may take it for the end of a line. */
const LONE_CR = /\r(?!\n)/g;
/** Headers that say what the message is; a caller's own headers cannot touch them. */
const OURS =
  /^(from|sender|to|cc|bcc|reply-to|subject|date|message-id|mime-version|auto-submitted|content-.*|resent-.*|received|return-path)$/i;

/**
 * The message as RFC 5322 bytes: CRLF lines, 7-bit clean, no line over 76 characters of body, text and HTML as
 * alternatives, attachments beside them, no Bcc. The same message gives the same bytes, on every machine.
 * @throws {PermanentFailure} `SENDER_INVALID` or `RECIPIENT_INVALID` when an address cannot be used, `HEADER_INVALID`
 *   when an own header is none or is one of those that describe the message.
 */
export async function composeMime(message: EmailMessage): Promise<Uint8Array> {
  const composer = new MailComposer({
    messageId: oneLine(message.messageId),
    date: message.date,
    from: sender(message.from),
    ...(message.replyTo ? { replyTo: sender(message.replyTo) } : {}),
    to: message.recipients.to.map(recipient),
    cc: message.recipients.cc.map(recipient),
    subject: oneLine(message.subject),
    headers: {
      ...ownHeaders(message.headers ?? {}),
      // RFC 3834: an out-of-office responder does not answer this mail.
      'Auto-Submitted': 'auto-generated',
      'Content-Language': oneLine(message.locale),
    },
    text: message.text.replace(LONE_CR, '\n'),
    html: message.html.replace(LONE_CR, '\n'),
    attachments: message.attachments.map(({ filename, contentType, content }) => ({
      filename: oneLine(filename),
      contentType,
      content: Buffer.from(content.buffer, content.byteOffset, content.byteLength),
    })),
    boundaryPrefix: '--part',
    // Hashed, so that a boundary is made of safe characters whatever the seed, and nobody can write it into a template.
    baseBoundary: createHash('sha256').update(message.boundarySeed).digest('hex').slice(0, 32),
    newline: 'win',
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return Promise.resolve(mimeBytes(composer.compile()));
}

/**
 * Who the mail server is told the mail is from and for: To, Cc and Bcc, each with its domain in ASCII. The same checks
 * as for `composeMime`.
 */
export function envelopeOf(message: EmailMessage): { from: string; to: string[] } {
  const { to, cc, bcc } = message.recipients;
  return {
    from: sender(message.from).address,
    to: [...to, ...cc, ...bcc].map((mailbox) => recipient(mailbox).address),
  };
}

function sender(mailbox: Mailbox): { name: string; address: string } {
  const problem = addressProblem(mailbox.email);
  if (problem !== null) {
    throw new PermanentFailure('SENDER_INVALID', `The sender or reply address cannot be used: ${problem}`);
  }
  return { name: oneLine(mailbox.name ?? ''), address: asciiAddress(mailbox.email) };
}

function recipient(mailbox: Mailbox): { name: string; address: string } {
  const problem = addressProblem(mailbox.email);
  if (problem !== null) throw new PermanentFailure('RECIPIENT_INVALID', `A recipient cannot be used: ${problem}`);
  return { name: oneLine(mailbox.name ?? ''), address: asciiAddress(mailbox.email) };
}

function ownHeaders(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => {
      if (!/^[A-Za-z0-9-]{1,64}$/.test(name) || OURS.test(name)) {
        throw new PermanentFailure('HEADER_INVALID', `The header ${JSON.stringify(name)} cannot be set on a mail.`);
      }
      return [name, oneLine(value)];
    }),
  );
}

/** A header is one line: line breaks and other control characters would start a new one, so they become a space. */
function oneLine(value: string): string {
  return value.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}
