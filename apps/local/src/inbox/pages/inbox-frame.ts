import { html, type Html, inlineSource, trusted } from '#api/pay/html';
import { INBOX_STYLE } from './inbox-style.js';

/** Reloads the list when a newer mail has come; only while somebody looks. */
const REFRESH_SCRIPT = `
(function () {
  var list = document.querySelector('[data-newest]');
  if (!list) return;
  setInterval(function () {
    if (document.hidden || document.activeElement.value) return;
    fetch('/inbox.json?limit=1').then(function (answer) { return answer.json(); }).then(function (inbox) {
      if ((inbox.mails[0] ? inbox.mails[0].id : '') !== list.dataset.newest) location.reload();
    }, function () { /* the stack is being restarted: ask again */ });
  }, 1500);
})();
`;

/** Pages of the inbox load their own style, script and mails and nothing else. */
export const INBOX_CSP = [
  "default-src 'none'",
  `style-src ${inlineSource(INBOX_STYLE)}`,
  `script-src ${inlineSource(REFRESH_SCRIPT)}`,
  "connect-src 'self'",
  "frame-src 'self'",
  "img-src 'self' data:",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

// Whole elements, since a formatter that touched the space inside them would change what the policy's hashes stand for.
const INLINE_STYLE = trusted(`<style>${INBOX_STYLE}</style>`);
const INLINE_SCRIPT = trusted(`<script>${REFRESH_SCRIPT}</script>`);

/** A whole document. @param refreshes whether a browser without JavaScript reloads it by itself, too. */
export function inboxFrame(title: string, content: Html, refreshes: boolean): string {
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <title>${title}</title>
        <link rel="icon" href="data:," />
        ${refreshes && html`<noscript><meta http-equiv="refresh" content="5" /></noscript>`} ${INLINE_STYLE}
      </head>
      <body>
        <div class="wrap">${content}</div>
        ${INLINE_SCRIPT}
      </body>
    </html> `;
  return page.toString();
}
