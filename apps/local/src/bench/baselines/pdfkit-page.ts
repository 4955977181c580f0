import { join } from 'node:path';
import PDFDocument from 'pdfkit';
import { FontBook } from '#documents/fonts/font-book';
import { FONT_FOLDER } from '#documents/fonts/font-list';
import { layoutInvoice } from '#documents/layout/layout-invoice';
import { type InvoiceDocument } from '#documents/printable-invoice';
import { TextShaper } from '#documents/text/text-shaper';
import { BANK_ACCOUNT, benchInvoice } from '../bench-invoice.js';

type FontSource = string | object;

export interface Fonts {
  regular: FontSource;
  bold: FontSource;
}

/** What stands where, as somebody would hand it to pdfkit. Lengths in points. */
export interface PlacedPage {
  width: number;
  height: number;
  rectangles: { x: number; y: number; width: number; height: number; color: string }[];
  /** `y` is the baseline. */
  texts: { text: string; bold: boolean; size: number; x: number; y: number; color: string }[];
}

export const FONT_FILES: Fonts = {
  regular: join(FONT_FOLDER, 'NotoSans_400Regular.ttf'),
  bold: join(FONT_FOLDER, 'NotoSans_700Bold.ttf'),
};

const PAY_LINK = `https://billing.example/pay/${'x'.repeat(78)}`;
let book: FontBook | undefined;

/** The words and places of the product's own invoice, so that both print the same. */
export function placedInvoice(number: number, lines: number): PlacedPage[] {
  const invoice = benchInvoice('baseline-', number, lines, new Date()) as InvoiceDocument;
  const request = { invoice, locale: 'en-GB', zone: 'Europe/Amsterdam', payLink: PAY_LINK, draft: false };
  const layout = layoutInvoice({ ...request, bankAccounts: [BANK_ACCOUNT] }, new TextShaper((book ??= new FontBook())));
  return layout.pages.map(({ items }) => ({
    width: layout.width,
    height: layout.height,
    rectangles: items.filter((item) => item.kind === 'rect'),
    texts: items
      .filter((item) => item.kind === 'text')
      .map(({ line, size, x, y, baseline, color }) => ({
        text: line.text,
        bold: line.runs.some(({ face }) => face.includes('Bold')),
        size,
        x,
        y: y + baseline,
        color,
      })),
  }));
}

/** The fonts as pdfkit parses them, taken from a document that is thrown away: to be shared by others. */
export async function parsedFonts(): Promise<Fonts> {
  const doc = new PDFDocument({ font: FONT_FILES.regular as string }) as unknown as WithFont;
  const finished = ended(doc);
  const regular = doc._font.font;
  doc.font(FONT_FILES.bold as string);
  const bold = doc._font.font;
  doc.end();
  await finished;
  return { regular, bold };
}

/** As the documentation of pdfkit does it: register both fonts, then write. A path is read and parsed for each document. */
export async function drawWithPdfkit(pages: PlacedPage[], fonts: Fonts): Promise<Buffer> {
  const doc = new PDFDocument({ font: null as unknown as string, autoFirstPage: false, margin: 0 });
  const bytes = ended(doc);
  doc.registerFont('regular', fonts.regular as string);
  doc.registerFont('bold', fonts.bold as string);
  for (const { width, height, rectangles, texts } of pages) {
    doc.addPage({ size: [width, height], margin: 0 });
    for (const { x, y, width: w, height: h, color } of rectangles) doc.rect(x, y, w, h).fill(color);
    for (const { text, bold, size, x, y, color } of texts) {
      doc
        .font(bold ? 'bold' : 'regular')
        .fontSize(size)
        .fillColor(color);
      doc.text(text, x, y, { lineBreak: false, baseline: 'alphabetic' });
    }
  }
  doc.end();
  return bytes;
}

/** What the types of pdfkit 0.20 leave out. */
interface WithFont extends NodeJS.EventEmitter {
  _font: { font: object };
  font(source: string): unknown;
  end(): void;
}

function ended(doc: NodeJS.EventEmitter): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    doc.on('data', (chunk: Buffer) => chunks.push(chunk));
    doc.on('end', () => resolve(Buffer.concat(chunks)));
    doc.on('error', reject);
  });
}
