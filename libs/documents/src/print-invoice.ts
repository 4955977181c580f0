import { createHash } from 'node:crypto';
import { drawPdf } from './drawing/draw-pdf.js';
import { FontBook } from './fonts/font-book.js';
import { layoutInvoice } from './layout/layout-invoice.js';
import { type InvoicePrintRequest } from './printable-invoice.js';
import { TextShaper } from './text/text-shaper.js';

export interface PrintedInvoice {
  bytes: Uint8Array;
  /** Of the bytes, hex. */
  sha256: string;
  pages: number;
}

/** Prints in the thread that calls it; keeps the fonts and the shaped lines for the next document. */
export class InvoicePress {
  private readonly book = new FontBook();
  private readonly shaper = new TextShaper(this.book);

  /** @throws {PermanentFailure} GLYPH_MISSING, DOCUMENT_TOO_LARGE */
  async print(request: InvoicePrintRequest): Promise<PrintedInvoice> {
    const layout = layoutInvoice(request, this.shaper);
    const bytes = await drawPdf(layout, this.book);
    return { bytes, sha256: createHash('sha256').update(bytes).digest('hex'), pages: layout.pages.length };
  }
}
