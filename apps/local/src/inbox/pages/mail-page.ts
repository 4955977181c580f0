import { html, type Html } from '#api/pay/html';
import { type OpenedMail, recipients } from '../inbox-mail.js';
import { inboxFrame } from './inbox-frame.js';
import { type MailTab, TABS } from './mail-tabs.js';
import { addressList, fullTime } from './wording.js';

export interface MailView {
  mail: OpenedMail;
  tab: MailTab;
  /** Ids of the mails before and after this one; null at the ends. */
  newer: string | null;
  older: string | null;
  /** Ids of other mails with the same Message-ID. */
  twins: readonly string[];
}

/** One mail, one of its tabs open, as a whole document. */
export function mailPage(view: MailView): string {
  const { mail, tab } = view;
  const content = html`<nav class="crumbs" aria-label="Mails">
      <a href="/inbox">← Inbox</a>
      <span class="last">${view.newer && html`<a href="/inbox/${view.newer}?tab=${tab}">Newer</a>`}</span>
      ${view.older && html`<a href="/inbox/${view.older}?tab=${tab}">Older</a>`}
    </nav>
    ${view.twins.length > 0 && twinNotice(view.twins)}
    <main class="mail">
      ${head(mail)}
      <nav class="tabs" aria-label="Parts of the mail">
        ${Object.keys(TABS).map((name) => tabLink(view, name as MailTab))}
      </nav>
      <section class="pane">${TABS[tab].pane(mail)}</section>
    </main>`;
  return inboxFrame(mail.subject || 'No subject', content, false);
}

/** The page for an id that no mail has, or no longer. */
export function noMailPage(): string {
  const content = html`<main class="empty">
    <h2>This mail is not here</h2>
    <p class="soft">
      It may have been removed, since the inbox keeps only the latest. <a href="/inbox">To the inbox</a>
    </p>
  </main>`;
  return inboxFrame('No such mail', content, false);
}

function head(mail: OpenedMail): Html {
  const blind = recipients(mail).filter(({ role }) => role === 'Bcc');
  const line = (label: string, value: string | false) =>
    value &&
    html`<dt>${label}</dt>
      <dd><bdi>${value}</bdi></dd>`;
  return html`<header class="head">
    <h1><bdi>${mail.subject || 'No subject'}</bdi></h1>
    <dl>
      ${line('From', addressList(mail.from) || mail.envelope.from)} ${line('To', addressList(mail.to))}
      ${line('Cc', addressList(mail.cc))} ${line('Bcc', blind.map(({ address }) => address).join(', '))}
      ${line('Reply to', addressList(mail.replyTo))}
      <dt>Received</dt>
      <dd><time datetime="${mail.receivedAt}">${fullTime(mail.receivedAt)}</time></dd>
    </dl>
  </header>`;
}

function tabLink({ mail, tab }: MailView, name: MailTab): Html {
  const current = name === tab && html` aria-current="page"`;
  return html`<a href="/inbox/${mail.id}?tab=${name}" ${current}>${TABS[name].label(mail)}</a>`;
}

function twinNotice(twins: readonly string[]): Html {
  const links = twins.map((id, i) => html`${i > 0 && ', '}<a href="/inbox/${id}">mail ${id}</a>`);
  return html`<p class="notice" role="alert">The same Message-ID came more than once, see also ${links}.</p>`;
}
