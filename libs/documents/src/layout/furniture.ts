import { type InvoiceContent } from '../content/invoice-content.js';
import { numberFormat } from '../content/number-formats.js';
import { isPrinted, ours, type Printed } from '../content/printed.js';
import { rule, shifted } from './frame.js';
import { BODY_TOP, CONTENT_WIDTH, FOOTER_TOP, MARGIN } from './geometry.js';
import { type Item, type Page } from './item.js';
import { HAIRLINE, SMALL_MUTED } from './style.js';
import { type Typesetter } from './typesetter.js';

/* Names and numbers can be long; the furniture has one line, and its two ends must not meet. */
const START_WIDTH = CONTENT_WIDTH * 0.62;
const END_WIDTH = CONTENT_WIDTH * 0.34;

/** What every page repeats: whose document it is, and which page of how many. */
export function furnish(set: Typesetter, content: InvoiceContent, pages: Page[]): Page[] {
  return pages.map(({ items }, i) => {
    const head = i === 0 ? [] : runningHead(set, content);
    return { items: [...head, ...items, ...footer(set, content, i + 1, pages.length)] };
  });
}

function runningHead(set: Typesetter, { seller, title, number }: InvoiceContent): Item[] {
  const document = ours([title.text, number?.text].filter((text) => text !== undefined).join(' '));
  return [
    ...(seller.name ? atStart(set, ours(seller.name.text), BODY_TOP) : []),
    ...atEnd(set, document, BODY_TOP),
    rule(MARGIN, BODY_TOP + 15, CONTENT_WIDTH, 0.4, HAIRLINE),
  ];
}

function footer(set: Typesetter, { seller, language }: InvoiceContent, page: number, pages: number): Item[] {
  const { labels, locale } = language;
  const count = (number: number) => numberFormat(locale, { useGrouping: false }).format(number);
  const text = ours(labels.page.replace('{page}', count(page)).replace('{pages}', count(pages)));
  const name = [seller.name, ...seller.ids.slice(0, 1).map(({ value }) => value)].filter(isPrinted);
  const line = ours(name.map(({ text: part }) => part.replaceAll('\n', ' ')).join(' · '));
  return [
    rule(MARGIN, FOOTER_TOP - 6, CONTENT_WIDTH, 0.4, HAIRLINE),
    ...(name.length > 0 ? atStart(set, line, FOOTER_TOP) : []),
    ...atEnd(set, text, FOOTER_TOP),
  ];
}

/** The first line of a text that may be longer; the whole stands at the head of the document. */
function atStart(set: Typesetter, text: Printed, y: number): Item[] {
  return shifted(set.text(text, SMALL_MUTED, 0, START_WIDTH).items.slice(0, 1), MARGIN, y);
}

function atEnd(set: Typesetter, text: Printed, y: number): Item[] {
  const x = CONTENT_WIDTH - END_WIDTH;
  return shifted(set.text(text, SMALL_MUTED, x, END_WIDTH, 'end').items.slice(0, 1), MARGIN, y);
}
