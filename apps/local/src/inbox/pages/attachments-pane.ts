import { html, type Html } from '#api/pay/html';
import { type InboxMail, type OpenedMail } from '../inbox-mail.js';
import { fileSize } from './wording.js';

/** Types that a browser may show by itself: none of them runs anything. All others are downloaded. */
const SHOWABLE = new Set(['application/pdf', 'image/png', 'image/jpeg', 'image/gif', 'image/webp', 'text/plain']);

export function isShowable(contentType: string): boolean {
  return SHOWABLE.has(contentType);
}

/** Every attachment with what it is and its hash; PDFs and pictures are shown at once. */
export function attachmentsPane({ id, attachments }: OpenedMail): Html {
  if (attachments.length === 0) return html`<p class="soft">This mail has no attachments.</p>`;
  return html`<ul class="files">
    ${attachments.map((file, n) => attachment(file, `/inbox/${id}/attachments/${n}`))}
  </ul>`;
}

function attachment(file: InboxMail['attachments'][number], address: string): Html {
  const { filename, contentType, size, sha256, inline } = file;
  return html`<li>
    <span class="name"><bdi>${filename}</bdi></span>
    <span class="soft">${contentType}, ${fileSize(size)}${inline && ', part of the html'}</span>
    <span class="soft">SHA-256 <code>${sha256}</code></span>
    <span class="acts">
      ${isShowable(contentType) && html`<a href="${address}" target="_blank">Open</a>`}
      <a href="${address}?download">Download</a>
    </span>
    ${preview(file, address)}
  </li>`;
}

function preview({ contentType, filename }: InboxMail['attachments'][number], address: string): Html | null {
  if (contentType === 'application/pdf') return html`<iframe src="${address}" title="${filename}"></iframe>`;
  if (isShowable(contentType) && contentType.startsWith('image/')) return html`<img src="${address}" alt="" />`;
  return null;
}
