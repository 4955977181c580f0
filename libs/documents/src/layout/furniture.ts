import { type InvoiceContent } from '../content/invoice-content.js';
import { isPrinted, ours, type Printed } from '../content/printed.js';
import { rule, shifted } from './frame.js';
import { BODY_TOP, CONTENT_WIDTH, FOOTER_TOP, MARGIN } from './geometry.js';
import { type Item, type Page } from './item.js';
import { HAIRLINE, SMALL_MUTED } from './style.js';
import { type Typesetter } from './typesetter.js';

/* Names can be long; the furniture has one line. */
const NAME_WIDTH = CONTENT_WIDTH * 0.7;

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
    ...oneLine(set, seller.name ? { ...seller.name, field: 'label' } : null, BODY_TOP),
    ...shifted(set.text(document, SMALL_MUTED, 0, CONTENT_WIDTH, 'end').items, MARGIN, BODY_TOP).slice(0, 1),
    rule(MARGIN, BODY_TOP + 15, CONTENT_WIDTH, 0.4, HAIRLINE),
  ];
}

function footer(set: Typesetter, { seller, language }: InvoiceContent, page: number, pages: number): Item[] {
  const { labels, locale } = language;
  const count = (number: number) => number.toLocaleString(locale, { useGrouping: false });
  const text = ours(labels.page.replace('{page}', count(page)).replace('{pages}', count(pages)));
  const name = [seller.name, ...seller.ids.slice(0, 1).map(({ value }) => value)].filter(isPrinted);
  const line = name.length > 0 ? ours(name.map(({ text: part }) => part.replaceAll('\n', ' ')).join(' · ')) : null;
  return [
    rule(MARGIN, FOOTER_TOP - 6, CONTENT_WIDTH, 0.4, HAIRLINE),
    ...oneLine(set, line, FOOTER_TOP),
    ...shifted(set.text(text, SMALL_MUTED, 0, CONTENT_WIDTH, 'end').items, MARGIN, FOOTER_TOP),
  ];
}

/** The first line of a text that may be longer; the whole stands at the head of the document. */
function oneLine(set: Typesetter, text: Printed | null, y: number): Item[] {
  return text ? shifted(set.text(text, SMALL_MUTED, 0, NAME_WIDTH).items.slice(0, 1), MARGIN, y) : [];
}
