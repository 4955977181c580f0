import { type Weight } from '../fonts/font-book.js';
import { type Color } from './item.js';

export interface TextStyle {
  /** Points. */
  size: number;
  /** From one line to the next, points. */
  leading: number;
  weight: Weight;
  color: Color;
}

export const INK: Color = '#1c2430';
const MUTED: Color = '#5d6878';
const ACCENT: Color = '#1f3a5f';
export const HAIRLINE: Color = '#d8dde4';
export const PANEL: Color = '#f4f6f9';
const LINK: Color = '#1a5296';
export const WATERMARK: Color = '#eceff3';

const style = (size: number, leading: number, weight: Weight, color: Color): TextStyle => ({
  size,
  leading,
  weight,
  color,
});

export const TITLE = style(21, 27, 'bold', ACCENT);
export const NUMBER = style(10.5, 15, 'regular', MUTED);
export const PARTY_NAME = style(10.5, 14.5, 'bold', INK);
export const BODY = style(8.5, 12, 'regular', INK);
export const BODY_BOLD = style(8.5, 12, 'bold', INK);
export const BODY_MUTED = style(8.5, 12, 'regular', MUTED);
export const SMALL = style(7.5, 10.5, 'regular', INK);
export const SMALL_MUTED = style(7.5, 10.5, 'regular', MUTED);
export const COLUMN_HEAD = style(7.5, 10.5, 'bold', MUTED);
export const GROUP_HEAD = style(9, 13, 'bold', ACCENT);
export const PERIOD_HEAD = style(8.5, 12, 'bold', MUTED);
export const SECTION_HEAD = style(9, 13, 'bold', ACCENT);
export const TOTAL = style(9, 13, 'bold', INK);
export const DUE = style(11.5, 16, 'bold', ACCENT);
export const LINKED = style(8.5, 12, 'regular', LINK);
export const LINKED_BOLD = style(8.5, 12, 'bold', LINK);
