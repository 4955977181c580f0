import { invoiceContent, type InvoiceContent } from '../content/invoice-content.js';
import { type InvoicePrintRequest } from '../printable-invoice.js';
import { type TextShaper } from '../text/text-shaper.js';
import { paymentBlocks, remarkBlocks } from './closing.js';
import { furnish } from './furniture.js';
import { PAGE_HEIGHT, PAGE_WIDTH } from './geometry.js';
import { headBlocks } from './head.js';
import { type InvoiceLayout, type Page } from './item.js';
import { linesTable } from './lines-table.js';
import { paginate } from './paginate.js';
import { summaryBlocks } from './summary.js';
import { WATERMARK } from './style.js';
import { Typesetter } from './typesetter.js';

/**
 * Where everything stands on which page.
 * @throws {PermanentFailure} GLYPH_MISSING, DOCUMENT_TOO_LARGE
 */
export function layoutInvoice(request: InvoicePrintRequest, shaper: Pick<TextShaper, 'lines'>): InvoiceLayout {
  const content = invoiceContent(request);
  const { locale, rightToLeft } = content.language;
  const set = new Typesetter(shaper, locale);
  const pages = paginate([
    ...headBlocks(set, content),
    ...linesTable(set, content),
    ...summaryBlocks(set, content),
    ...paymentBlocks(set, content),
    ...remarkBlocks(set, content),
  ]);
  const furnished = furnish(set, content, pages);
  return {
    width: PAGE_WIDTH,
    height: PAGE_HEIGHT,
    pages: rightToLeft ? furnished.map(mirrored) : furnished,
    watermark: watermark(set, content),
    language: locale,
    title: [content.title.text, content.number?.text].filter((text) => text !== undefined).join(' '),
    author: content.seller.name?.text.replaceAll('\n', ' ') ?? null,
    createdAt: content.date ?? new Date(0),
  };
}

/** A page that reads from the right: each box moves to the other side, what it holds stays as it is. */
function mirrored({ items }: Page): Page {
  return { items: items.map((item) => ({ ...item, x: PAGE_WIDTH - item.x - item.width })) };
}

function watermark(set: Typesetter, { draft }: InvoiceContent): InvoiceLayout['watermark'] {
  if (!draft) return null;
  const [line] = set.lines(draft, { size: 100, leading: 100, weight: 'bold', color: WATERMARK }, Infinity);
  // Across the diagonal, whatever the word's length.
  return line ? { line, size: Math.min(130, 620_000 / line.width), color: WATERMARK } : null;
}
