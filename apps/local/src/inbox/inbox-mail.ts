import { createHash } from 'node:crypto';
import { type Attachment, type EmailAddress, type HeaderLines, type ParsedMail, simpleParser } from 'mailparser';
import { z } from 'zod';

const address = z.object({ name: z.string(), address: z.string() });

/** A mail as the inbox remembers it and as it stands beside the `.eml` file: everything but the html and the bytes. */
export const inboxMail = z.object({
  /** Counts up from 1 and never changes: the name of the file. */
  id: z.string().regex(/^[1-9]\d{0,14}$/),
  /** ISO 8601, when the last byte had come in. */
  receivedAt: z.iso.datetime(),
  /** What the SMTP client said, which is where the mail really goes to; `from` is empty for the null sender. */
  envelope: z.object({ from: z.string(), to: z.array(z.string()) }),
  from: z.array(address),
  to: z.array(address),
  cc: z.array(address),
  replyTo: z.array(address),
  subject: z.string(),
  /** The Date header, ISO 8601; null when there is none. */
  date: z.iso.datetime().nullable(),
  /** With its angle brackets; null when there is none. */
  messageId: z.string().nullable(),
  /** Unfolded and otherwise as they came, in their order. */
  headers: z.array(z.object({ name: z.string(), value: z.string() })),
  /** The plain text part; null when there is none or nothing in it. */
  text: z.string().nullable(),
  hasHtml: z.boolean(),
  attachments: z.array(
    z.object({
      filename: z.string(),
      contentType: z.string(),
      /** Bytes, decoded. */
      size: z.int(),
      sha256: z.string(),
      /** Belongs to the html, such as an image in it. */
      inline: z.boolean(),
    }),
  ),
  /** Bytes of the whole message as it came. */
  size: z.int(),
});

export type InboxMail = z.infer<typeof inboxMail>;
export type MailAddress = z.infer<typeof address>;

/** A mail with what is read from its file only when somebody looks at it. */
export interface OpenedMail extends InboxMail {
  /** The html part with images of the mail itself put in its place; null when there is none. Hostile: frame it. */
  html: string | null;
  /** The bytes of `attachments`, in the same order. */
  contents: readonly Buffer[];
  /** The message as it came. */
  source: Buffer;
}

/** How a mail came: its id, when, and the SMTP envelope. */
export type Arrival = Pick<InboxMail, 'id' | 'receivedAt' | 'envelope'>;

/** Reads a whole message. @throws what the parser says when it is no message at all. */
export async function readMail(source: Buffer, arrival: Arrival): Promise<OpenedMail> {
  const parsed = await simpleParser(source, {
    checksumAlgo: false,
    skipHtmlToText: true,
    skipTextToHtml: true,
    skipTextLinks: true,
  });
  return {
    ...arrival,
    from: addresses(parsed.from),
    to: addresses(parsed.to),
    cc: addresses(parsed.cc),
    replyTo: addresses(parsed.replyTo),
    subject: parsed.subject ?? '',
    date: parsed.date?.toISOString() ?? null,
    messageId: parsed.messageId ?? null,
    headers: headersOf(parsed.headerLines),
    text: parsed.text === '' ? null : (parsed.text ?? null),
    hasHtml: typeof parsed.html === 'string',
    attachments: parsed.attachments.map(describeAttachment),
    size: source.length,
    html: typeof parsed.html === 'string' ? parsed.html : null,
    contents: parsed.attachments.map(({ content }) => content),
    source,
  };
}

/** What is kept in memory of an opened mail. */
export function summarise({ html: _html, contents: _contents, source: _source, ...mail }: OpenedMail): InboxMail {
  return mail;
}

export type RecipientRole = 'To' | 'Cc' | 'Bcc';

/** Who the envelope sends the mail to, and as what: whoever the headers do not name was sent a blind copy. */
export function recipients({ envelope, to, cc }: InboxMail): { address: string; role: RecipientRole }[] {
  const named = (list: readonly MailAddress[]) => new Set(list.map((entry) => entry.address.toLowerCase()));
  const inTo = named(to);
  const inCc = named(cc);
  return envelope.to.map((recipient) => {
    const key = recipient.toLowerCase();
    return { address: recipient, role: inTo.has(key) ? 'To' : inCc.has(key) ? 'Cc' : 'Bcc' };
  });
}

function addresses(header: ParsedMail['to']): MailAddress[] {
  const lists = header === undefined ? [] : Array.isArray(header) ? header : [header];
  const members = (entry: EmailAddress): EmailAddress[] => entry.group ?? [entry];
  return lists
    .flatMap(({ value }) => value.flatMap(members))
    .map((entry) => ({ name: entry.name, address: entry.address ?? '' }));
}

function headersOf(lines: HeaderLines): InboxMail['headers'] {
  return lines.map(({ line }) => {
    const colon = line.indexOf(':');
    const unfolded = line.slice(colon + 1).replace(/\r?\n(?=[ \t])/g, '');
    return { name: line.slice(0, colon), value: unfolded.trim() };
  });
}

function describeAttachment(part: Attachment, i: number): InboxMail['attachments'][number] {
  return {
    filename: part.filename ?? `attachment-${i + 1}`,
    contentType: part.contentType,
    size: part.content.length,
    sha256: createHash('sha256').update(part.content).digest('hex'),
    inline: part.related ?? false,
  };
}
