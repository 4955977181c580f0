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
  addContent(operators: string): void;
  font(source: object, key: string): void;
  link(x: number, y: number, width: number, height: number, url: string): void;
  on(event: 'data', listener: (chunk: Uint8Array) => void): void;
  on(event: 'end', listener: () => void): void;
  on(event: 'error', listener: (error: Error) => void): void;
  end(): void;
  page: { fonts: Record<string, object> };
  info: Record<string, unknown>;
  ref(data: object): PdfObject;
  _font: EmbeddedFont;
  _addInfo(): void;
}

/** An object of the file, with its stream in pieces until it is written. */
export interface PdfObject {
  compress: boolean;
  buffer: Uint8Array[];
  finalize(): void;
}
