import { type InboxMail } from './inbox-mail.js';

/** The mails that have these words, in any case, in their subject, an address, their text or their Message-ID. */
export function searchMails(mails: readonly InboxMail[], query: string): readonly InboxMail[] {
  const wanted = query.toLowerCase();
  if (wanted === '') return mails;
  return mails.filter(({ subject, envelope, from, to, cc, text, messageId }) => {
    const people = [...from, ...to, ...cc].flatMap(({ name, address }) => [name, address]);
    const texts = [subject, envelope.from, ...envelope.to, ...people, text ?? '', messageId ?? ''];
    return texts.some((candidate) => candidate.toLowerCase().includes(wanted));
  });
}

/** The Message-IDs that came more than once, with how often: a mail that was meant to be sent once was not. */
export function repeatedMessageIds(mails: readonly InboxMail[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { messageId } of mails) if (messageId) counts.set(messageId, (counts.get(messageId) ?? 0) + 1);
  return new Map([...counts].filter(([, count]) => count > 1));
}
