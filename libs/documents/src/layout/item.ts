import { type ShapedLine } from '../text/text-shaper.js';

/** RGB, `#rrggbb`. */
export type Color = `#${string}`;

/** A place on the page in points, from its top left corner. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** One line of text. The box is as high as the line's leading. */
export interface TextItem extends Box {
  kind: 'text';
  line: ShapedLine;
  size: number;
  /** From the top of the box. */
  baseline: number;
  color: Color;
  /** Where it comes from in the invoice; `label` for words of ours. */
  field: string;
}

export interface RectItem extends Box {
  kind: 'rect';
  color: Color;
}

/** A place that opens an address. */
export interface LinkItem extends Box {
  kind: 'link';
  url: string;
}

export type Item = TextItem | RectItem | LinkItem;

export interface Page {
  items: Item[];
}

/** What the drawing obeys. */
export interface InvoiceLayout {
  width: number;
  height: number;
  pages: Page[];
  /** Across each page, below everything else. */
  watermark: { line: ShapedLine; size: number; color: Color } | null;
  language: string;
  title: string;
  author: string | null;
  createdAt: Date;
}
