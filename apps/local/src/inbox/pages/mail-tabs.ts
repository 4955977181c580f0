import { html, type Html, type HtmlValue } from '#api/pay/html';
import { type OpenedMail, recipients } from '../inbox-mail.js';
import { attachmentsPane } from './attachments-pane.js';
import { fileSize } from './wording.js';

export type MailTab = 'html' | 'text' | 'headers' | 'envelope' | 'attachments' | 'source';

interface Tab {
  label: (mail: OpenedMail) => string;
  pane: (mail: OpenedMail) => Html;
}

/** The ways to look at a mail, in the order of their tabs. */
export const TABS: Record<MailTab, Tab> = {
  html: { label: () => 'HTML', pane: htmlPane },
  text: { label: () => 'Text', pane: textPane },
  headers: { label: () => 'Headers', pane: headersPane },
  envelope: { label: () => 'Envelope', pane: envelopePane },
  attachments: { label: ({ attachments }) => `Attachments (${attachments.length})`, pane: attachmentsPane },
  source: { label: () => 'Source', pane: sourcePane },
};

/** The tab a mail opens with: the one asked for, else html when it has any. */
export function tabFor(asked: string | undefined, mail: OpenedMail): MailTab {
  if (asked && Object.hasOwn(TABS, asked)) return asked as MailTab;
  return mail.html === null ? 'text' : 'html';
}

function htmlPane({ id, html: part }: OpenedMail): Html {
  if (part === null) return html`<p class="soft">This mail has no html part.</p>`;
  const choice = (group: string, name: string, label: string, chosen: boolean) =>
    html`<label><input type="radio" name="${group}" id="${name}" ${chosen && html` checked`} />${label}</label>`;
  // The sandbox lets links open in a tab of their own and nothing else: no scripts, no forms, no origin.
  return html`<div class="view">
      <fieldset>
        <legend>Width</legend>
        ${choice('width', 'wide', 'Desktop', true)} ${choice('width', 'phone', 'Phone', false)}
      </fieldset>
      <fieldset>
        <legend>Colours</legend>
        ${choice('scheme', 'light', 'Light', true)} ${choice('scheme', 'dark', 'Dark', false)}
      </fieldset>
    </div>
    <div class="stage">
      <iframe
        src="/inbox/${id}/html"
        title="The mail as html"
        sandbox="allow-popups allow-popups-to-escape-sandbox"
        referrerpolicy="no-referrer"
      ></iframe>
    </div>`;
}

function textPane({ text }: OpenedMail): Html {
  if (text === null) return html`<p class="soft">This mail has no text part.</p>`;
  return pre(withLinks(text));
}

function headersPane({ headers }: OpenedMail): Html {
  return html`<table>
    <tbody>
      ${headers.map(
        ({ name, value }) =>
          html`<tr>
            <th scope="row">${name}</th>
            <td><code>${value}</code></td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

function envelopePane(mail: OpenedMail): Html {
  return html`<table>
    <tbody>
      <tr>
        <th scope="row">MAIL FROM</th>
        <td><code>${mail.envelope.from || '<>'}</code></td>
      </tr>
      ${recipients(mail).map(
        ({ address, role }) =>
          html`<tr>
            <th scope="row">RCPT TO</th>
            <td><code>${address}</code> <span class="chip">${role}</span></td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

const SHOWN_SOURCE_BYTES = 200_000;

function sourcePane({ id, source, size }: OpenedMail): Html {
  const cut = size > SHOWN_SOURCE_BYTES && ` Only the first ${fileSize(SHOWN_SOURCE_BYTES)} are shown.`;
  return html`<p class="soft"><a href="/inbox/${id}/source">Download .eml</a> (${fileSize(size)}).${cut}</p>
    ${pre(source.subarray(0, SHOWN_SOURCE_BYTES).toString('utf8'))}`;
}

/** On one line, since every blank inside a `pre` shows. */
function pre(content: HtmlValue): Html {
  return html`<pre>${content}</pre>`;
}

function withLinks(text: string): HtmlValue[] {
  return text
    .split(/(https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)])/)
    .map((piece, i) =>
      i % 2 ? html`<a href="${piece}" target="_blank" rel="noopener noreferrer">${piece}</a>` : piece,
    );
}
