import { html, type Html } from '#api/pay/html';
import { type InboxMail, recipients } from '../inbox-mail.js';
import { inboxFrame } from './inbox-frame.js';
import { addressList, fullTime, shortTime } from './wording.js';

export interface ListView {
  /** This page of the mails, newest first. */
  mails: readonly InboxMail[];
  /** How many mails match the search. */
  total: number;
  page: number;
  pages: number;
  /** What is searched for; empty shows all. */
  query: string;
  /** Id of the newest mail of all; empty when there is none. */
  newestId: string;
  /** Message-IDs that came more than once, with how often. */
  repeated: ReadonlyMap<string, number>;
  /** Where mail is to be sent to be seen here. */
  smtpUrl: string;
  unreadable: readonly string[];
  now: Date;
}

/** The list of mails as a whole document. */
export function listPage(view: ListView): string {
  const { total, query } = view;
  const count = `${total} ${total === 1 ? 'mail' : 'mails'}${query && ` with “${query}”`}`;
  const content = html`<header class="bar">
      <h1>Inbox</h1>
      <span class="soft">${count}</span>
      <form action="/inbox" role="search">
        <input type="search" name="q" value="${query}" placeholder="Search" aria-label="Search mails" />
      </form>
    </header>
    ${view.unreadable.length > 0 && unreadable(view.unreadable)}
    <main data-newest="${view.newestId}">${total === 0 ? empty(view) : list(view)}</main>`;
  return inboxFrame(total > 0 ? `Inbox (${total})` : 'Inbox', content, query === '');
}

function list(view: ListView): Html {
  return html`<ol class="mails">
      ${view.mails.map((mail) => row(mail, view))}
    </ol>
    ${view.pages > 1 && pager(view)}`;
}

function row(mail: InboxMail, { repeated, now }: ListView): Html {
  return html`<li>
    <a href="/inbox/${mail.id}">
      <span class="who"><bdi>${addressList(mail.to) || mail.envelope.to.join(', ')}</bdi></span>
      <span class="what"><bdi>${mail.subject || 'No subject'}</bdi></span>
      <time class="when" datetime="${mail.receivedAt}" title="${fullTime(mail.receivedAt)}">
        ${shortTime(mail.receivedAt, now)}
      </time>
      <span class="sender"><bdi>${addressList(mail.from) || mail.envelope.from}</bdi></span>
      <span class="start"><bdi>${opening(mail)}</bdi></span>
      ${chips(mail, repeated)}
    </a>
  </li>`;
}

function chips(mail: InboxMail, repeated: ReadonlyMap<string, number>): Html | null {
  const blind = recipients(mail).filter(({ role }) => role === 'Bcc').length;
  const times = (mail.messageId === null ? undefined : repeated.get(mail.messageId)) ?? 1;
  const files = mail.attachments.filter(({ inline }) => !inline).length;
  const shown = [
    times > 1 && html`<span class="chip warn">came ${times} times</span>`,
    blind > 0 && html`<span class="chip">${blind} bcc</span>`,
    files > 0 && html`<span class="chip">${files} ${files === 1 ? 'file' : 'files'}</span>`,
  ].filter((chip) => chip !== false);
  return shown.length > 0 ? html`<span class="chips">${shown.map((chip) => html`${chip} `)}</span>` : null;
}

/** The first words of the text, for the list. */
function opening({ text }: InboxMail): string {
  return (text ?? '').slice(0, 1_000).replace(/\s+/g, ' ').trim().slice(0, 160);
}

function pager({ page, pages, query }: ListView): Html {
  const link = (to: number, label: string) =>
    html`<a href="/inbox?${new URLSearchParams({ ...(query && { q: query }), page: String(to) }).toString()}"
      >${label}</a
    >`;
  return html`<nav class="pager" aria-label="Pages">
    <span>${page > 1 && link(page - 1, '← Newer')}</span>
    <span class="soft">Page ${page} of ${pages}</span>
    <span>${page < pages && link(page + 1, 'Older →')}</span>
  </nav>`;
}

function empty({ query, smtpUrl }: ListView): Html {
  if (query) {
    return html`<div class="empty">
      <h2>No mail matches</h2>
      <p class="soft">Subject, addresses and text were searched. <a href="/inbox">Show all mails</a></p>
    </div>`;
  }
  return html`<div class="empty">
    <h2>No mail yet</h2>
    <p class="soft">Whatever is sent to <code>${smtpUrl}</code> appears here and goes no further.</p>
    <p class="soft">This page refreshes itself.</p>
  </div>`;
}

function unreadable(files: readonly string[]): Html {
  return html`<p class="notice" role="alert">
    Not shown, because the file cannot be read: ${files.join(', ')}. Delete it and the .eml beside it to get rid of this
    notice.
  </p>`;
}
