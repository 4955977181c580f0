import { deflateSync } from 'node:zlib';
import PDFDocument from 'pdfkit';
import { type FontBook } from '../fonts/font-book.js';
import { type Color, type InvoiceLayout, type Item, type TextItem } from '../layout/item.js';
import { embeddable } from './embeddable-font.js';
import { type PdfDocument } from './pdfkit-internals.js';
import { lineOperators, numeral, type OpenFont } from './text-operators.js';

/** Writes what the layout says. Equal layouts give equal bytes (with one version of Node's zlib). */
export function drawPdf(layout: InvoiceLayout, book: FontBook): Buffer {
  const { width, height, title, author, language, createdAt } = layout;
  const doc = new PDFDocument({
    size: [width, height],
    margin: 0,
    // Neither Helvetica nor a first page: the fonts are ours, the pages come from the layout. The types know no null.
    font: null as unknown as string,
    autoFirstPage: false,
    pdfVersion: '1.7',
    lang: language,
    displayTitle: true,
    info: {
      Title: title,
      ...(author === null ? {} : { Author: author }),
      Creator: 'Billing Workflows',
      CreationDate: createdAt,
    },
  }) as unknown as PdfDocument;
  escapeMetadata(doc);
  compressFast(doc);
  const file = collect(doc);
  const fonts = new Map<string, OpenFont>();
  for (const { items } of layout.pages) {
    doc.addPage();
    doc.addContent(
      Buffer.from(
        pageOperators(items, layout, (key) => openFont(doc, book, fonts, key)),
        'latin1',
      ),
    );
    for (const item of items) {
      if (item.kind === 'link') doc.link(item.x, item.y, item.width, item.height, item.url);
    }
  }
  doc.end();
  return file();
}

/**
 * Takes the file from pdfkit as it is written. Read as a stream it comes in hundreds of pieces with a buffer each, and the
 * garbage collector spends more on those than we on the text.
 * @returns gives the bytes when the document has ended, which pdfkit does at once.
 */
function collect(doc: PdfDocument): () => Buffer {
  // The header is written already.
  const pieces = [doc.read()];
  let text = '';
  const cut = () => {
    pieces.push(Buffer.from(text, 'latin1'));
    text = '';
  };
  doc._write = (data) => {
    if (typeof data === 'string') {
      text += `${data}\n`;
      doc._offset += data.length + 1;
    } else {
      cut();
      pieces.push(data);
      doc._offset += data.length;
    }
  };
  return () => {
    cut();
    return Buffer.concat(pieces);
  };
}

function openFont(doc: PdfDocument, book: FontBook, fonts: Map<string, OpenFont>, key: string): OpenFont {
  let open = fonts.get(key);
  if (!open) {
    const face = book.byKey(key);
    doc.font(embeddable(face), key);
    fonts.set(key, (open = { face, embedded: doc._font }));
  }
  doc.page.fonts[open.embedded.id] ??= open.embedded.ref();
  return open;
}

function pageOperators(items: Item[], layout: InvoiceLayout, open: (key: string) => OpenFont): string {
  const operators = watermarkOperators(layout, open);
  for (const item of items) {
    if (item.kind !== 'rect') continue;
    const { x, y, width, height, color } = item;
    operators.push(`${fill(color)} ${numeral(x)} ${numeral(y)} ${numeral(width)} ${numeral(height)} re f`);
  }
  let color: Color | null = null;
  for (const item of items.filter((candidate): candidate is TextItem => candidate.kind === 'text')) {
    if (item.color !== color) operators.push(fill((color = item.color)));
    operators.push(lineOperators(item.line, item.size, item.x, item.y + item.baseline, open));
  }
  return operators.join('\n');
}

function watermarkOperators({ watermark, width, height }: InvoiceLayout, open: (key: string) => OpenFont): string[] {
  if (!watermark) return [];
  const { line, size, color } = watermark;
  const diagonal = Math.hypot(width, height);
  const [cos, sin] = [width / diagonal, height / diagonal];
  const [half, drop] = [(line.width * size) / 2000, size * 0.35];
  const [x, y] = [width / 2 - half * cos + drop * sin, height / 2 + half * sin + drop * cos];
  return [`/Artifact BMC ${fill(color)}`, lineOperators(line, size, x, y, open, [cos, sin]), 'EMC'];
}

/** For fills and for the strokes that embolden. */
function fill(color: Color): string {
  const channels = [1, 3, 5].map((at) => numeral(Number.parseInt(color.slice(at, at + 2), 16) / 255));
  return `${channels.join(' ')} rg ${channels.join(' ')} RG`;
}

/** pdfkit 0.20 writes title and author into the XMP packet as they are; `&` or `<` would make it unreadable. */
function escapeMetadata(doc: PdfDocument): void {
  const write = doc._addInfo.bind(doc);
  doc._addInfo = () => {
    const { info } = doc;
    doc.info = Object.fromEntries(
      Object.entries(info).map(([key, value]) => [key, typeof value === 'string' ? escapeXml(value) : value]),
    );
    write();
    doc.info = info;
  };
}

/** pdfkit compresses at zlib's default level: a third of all that a document costs, for 4 % of its size. */
function compressFast(doc: PdfDocument): void {
  const ref = doc.ref.bind(doc);
  doc.ref = (data) => {
    const object = ref(data);
    const finalize = object.finalize.bind(object);
    object.finalize = () => {
      if (object.compress && object.buffer.length > 0) {
        object.buffer = [deflateSync(Buffer.concat(object.buffer), { level: 1 })];
        object.compress = false;
      }
      finalize();
    };
    return object;
  };
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
