import { type GlyphSubset } from '../fonts/glyph-subset.js';

/** pdfkit's embedded font: our subset, and what the font dictionary will say of each CID. */
export interface EmbeddedFont {
  id: string;
  subset: GlyphSubset;
  /** 1/1000 em, by CID. */
  widths: number[];
  /** Code points, by CID. */
  unicode: number[][];
  ref(): object;
}

/** What we use of a document of pdfkit 0.20; its types know half of it. draw-pdf.spec.ts notices when it moves. */
export interface PdfDocument {
  addPage(): void;
  addContent(operators: Uint8Array): void;
  font(source: object, key: string): void;
  link(x: number, y: number, width: number, height: number, url: string): void;
  end(): void;
  page: { fonts: Record<string, object> };
  info: Record<string, unknown>;
  ref(data: object): PdfObject;
  _font: EmbeddedFont;
  _addInfo(): void;
  /** All that was written so far. */
  read(): Uint8Array;
  /** Each piece of the file in turn; a string is Latin-1 and ends a line. */
  _write(data: string | Uint8Array): void;
  /** Of the next piece. */
  _offset: number;
}

/** An object of the file, with its stream in pieces until it is written. */
export interface PdfObject {
  compress: boolean;
  buffer: Uint8Array[];
  finalize(): void;
}
