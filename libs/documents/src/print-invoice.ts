import { createHash } from 'node:crypto';
import { drawPdf } from './drawing/draw-pdf.js';
import { FontBook } from './fonts/font-book.js';
import { layoutInvoice } from './layout/layout-invoice.js';
import { type InvoicePrintRequest } from './printable-invoice.js';
import { ShapedTexts, TextShaper } from './text/text-shaper.js';

export interface PrintedInvoice {
  bytes: Uint8Array;
  /** Of the bytes, hex. */
  sha256: string;
  pages: number;
}

/** Prints in the thread that calls it; keeps the fonts and what documents have in common for the next one. */
export class InvoicePress {
  private readonly book = new FontBook();
  private readonly texts = new ShapedTexts();

  /** @throws {PermanentFailure} GLYPH_MISSING, DOCUMENT_TOO_LARGE */
  print(request: InvoicePrintRequest): PrintedInvoice {
    const layout = layoutInvoice(request, new TextShaper(this.book, this.texts));
    const bytes = drawPdf(layout, this.book);
    return { bytes, sha256: createHash('sha256').update(bytes).digest('hex'), pages: layout.pages.length };
  }
}
