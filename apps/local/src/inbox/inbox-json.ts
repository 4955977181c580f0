import { type InboxMail, type OpenedMail, recipients } from './inbox-mail.js';

/** A mail in the list that scripts read: everything but its headers, html and bytes. */
export function mailToJson(mail: InboxMail): Record<string, unknown> {
  return {
    id: mail.id,
    received_at: mail.receivedAt,
    envelope: mail.envelope,
    recipients: recipients(mail),
    from: mail.from,
    to: mail.to,
    cc: mail.cc,
    reply_to: mail.replyTo,
    subject: mail.subject,
    date: mail.date,
    message_id: mail.messageId,
    text: mail.text,
    attachments: mail.attachments.map(({ filename, contentType, size, sha256, inline }, n) => ({
      filename,
      content_type: contentType,
      size,
      sha256,
      inline,
      url: `/inbox/${mail.id}/attachments/${n}`,
    })),
    size: mail.size,
    url: `/inbox/${mail.id}`,
    source_url: `/inbox/${mail.id}/source`,
  };
}

/** One mail for scripts, with its headers and html. */
export function openedMailToJson(mail: OpenedMail): Record<string, unknown> {
  return { ...mailToJson(mail), headers: mail.headers, html: mail.html };
}
