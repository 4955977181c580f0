import { z } from 'zod';
import { type StoredMessage } from '#actions/prepared-mail';

const mailbox = z.object({ name: z.string().optional(), email: z.string() });

export const executionContent = z
  .object({
    subject: z.string(),
    from: mailbox,
    reply_to: mailbox.optional(),
    to: z.array(mailbox),
    cc: z.array(mailbox),
    bcc: z.array(mailbox),
    headers: z.record(z.string(), z.string()).describe('Further headers of the mail.'),
    html: z.string(),
    text: z.string(),
    attachments: z.array(
      z.object({
        filename: z.string(),
        content_type: z.string(),
        size: z.int().describe('Bytes.'),
        sha256: z.string(),
      }),
    ),
  })
  .meta({ id: 'WorkflowActionExecutionContent' });

/** The parts of a mail as they were stored before any byte of it left. */
export function contentToWire(message: StoredMessage, html: string, text: string) {
  const { recipients, replyTo } = message;
  return {
    subject: message.subject,
    from: toMailbox(message.from),
    reply_to: replyTo ? toMailbox(replyTo) : undefined,
    to: recipients.to.map(toMailbox),
    cc: recipients.cc.map(toMailbox),
    bcc: recipients.bcc.map(toMailbox),
    headers: {
      'Message-ID': message.messageId,
      Date: new Date(message.date).toUTCString().replace('GMT', '+0000'),
      'Content-Language': message.locale,
      ...message.headers,
    },
    html,
    text,
    attachments: message.attachments.map(({ filename, contentType, size, sha256 }) => ({
      filename,
      content_type: contentType,
      size,
      sha256,
    })),
  };
}

function toMailbox({ name, email }: StoredMessage['from']) {
  return { name: name ?? undefined, email };
}
