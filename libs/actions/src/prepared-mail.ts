import { type EmailMessage } from '#email/message/email-message';
import { type LeftOut } from '#email/message/resolve-recipients';

/** Everything of a message but the attachments' bytes: what a preparation stores, and what a replay is composed from. */
export interface StoredMessage {
  messageId: string;
  /** ISO instant of the `Date` header. */
  date: string;
  from: EmailMessage['from'];
  replyTo: EmailMessage['replyTo'];
  recipients: EmailMessage['recipients'];
  leftOut: LeftOut[];
  subject: string;
  locale: string;
  boundarySeed: string;
  headers: Record<string, string>;
  attachments: StoredAttachment[];
}

export interface StoredAttachment {
  filename: string;
  contentType: string;
  sha256: string;
  /** Bytes. */
  size: number;
}

/** The message that a stored one stands for. `pdf` must be the stored document whenever an attachment is stored. */
export function toEmailMessage(
  stored: StoredMessage,
  html: string,
  text: string,
  pdf: Uint8Array | null,
): EmailMessage {
  return {
    messageId: stored.messageId,
    date: new Date(stored.date),
    from: stored.from,
    replyTo: stored.replyTo,
    recipients: stored.recipients,
    subject: stored.subject,
    html,
    text,
    locale: stored.locale,
    boundarySeed: stored.boundarySeed,
    headers: stored.headers,
    attachments: stored.attachments.flatMap(({ filename, contentType }) =>
      pdf ? [{ filename, contentType, content: pdf }] : [],
    ),
  };
}
