import { html, type Html, inlineSource, trusted } from './html.js';
import { PAY_SCRIPT, PAY_STYLE } from './pay-style.js';
import { type PayTexts } from './texts/texts.js';

/** Allows the page's own style and script and nothing else: no foreign resource, no form, no frame around it. */
export const PAY_PAGE_CSP = [
  "default-src 'none'",
  `style-src ${inlineSource(PAY_STYLE)}`,
  `script-src ${inlineSource(PAY_SCRIPT)}`,
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Headers of every answer under `/pay`: the token in the address is a secret, and what is open changes by the minute. */
export const PAY_PAGE_HEADERS: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': PAY_PAGE_CSP,
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex, nofollow',
};

// Whole elements, since a formatter that touched the space inside them would change what the policy's hashes stand for.
const INLINE_STYLE = trusted(`<style>${PAY_STYLE}</style>`);
const INLINE_SCRIPT = trusted(`<script>${PAY_SCRIPT}</script>`);

/** A whole document around the parts of a pay page. */
export function payFrame(title: string, texts: PayTexts, content: Html): string {
  const page = html`<!doctype html>
    <html lang="${texts.language}" dir="${texts.dir}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex, nofollow" />
        <meta name="referrer" content="no-referrer" />
        <meta name="format-detection" content="telephone=no" />
        <title>${title}</title>
        <link rel="icon" href="data:," />
        ${INLINE_STYLE}
      </head>
      <body>
        <div class="sheet">${content}</div>
        <p id="said" class="aside" role="status"></p>
        ${INLINE_SCRIPT}
      </body>
    </html> `;
  return page.toString();
}
