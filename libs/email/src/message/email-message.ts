import { type Mailbox } from './address.js';
import { type Recipients } from './resolve-recipients.js';

export interface EmailAttachment {
  filename: string;
  /** E.g. `application/pdf`. */
  contentType: string;
  content: Uint8Array;
}

/**
 * A mail as it was prepared. The same message always composes to the same bytes: everything that usually comes from a
 * clock or a random source is stated here.
 */
export interface EmailMessage {
  /** With its angle brackets: `<id@domain>`. */
  messageId: string;
  /** The `Date` header; seconds count, milliseconds do not. */
  date: Date;
  from: Mailbox;
  replyTo: Mailbox | null;
  /** `bcc` is in the envelope only, never in the bytes. */
  recipients: Recipients;
  subject: string;
  html: string;
  text: string;
  /** BCP 47, the `Content-Language` header. */
  locale: string;
  attachments: readonly EmailAttachment[];
  /** Any text that differs between two messages; the MIME boundaries derive from it. */
  boundarySeed: string;
  /** Further headers. They cannot replace the ones above. */
  headers?: Record<string, string>;
}
