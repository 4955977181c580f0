import { type FontFace, type Glyph } from '../fonts/font-face.js';
import { type GlyphRun } from '../text/paragraph.js';
import { type ShapedLine } from '../text/text-shaper.js';
import { type EmbeddedFont } from './pdfkit-internals.js';

export interface OpenFont {
  face: FontFace;
  embedded: EmbeddedFont;
}

/** Direction of the baseline: `[cos, sin]` of the angle, counter-clockwise on the page. */
export type Slope = readonly [number, number];
const LEVEL: Slope = [1, 0];
/* Width of the stroke that stands in for a bold font, in em. */
const STROKE = 0.03;

/**
 * The operators that draw a line from `x` on the baseline `y`. The page's y axis points down (pdfkit's), so the text's is
 * turned up again.
 * @param open gives the document's font of a face.
 */
export function lineOperators(
  line: ShapedLine,
  size: number,
  x: number,
  y: number,
  open: (key: string) => OpenFont,
  slope: Slope = LEVEL,
): string {
  let pen = 0;
  const parts: string[] = [];
  for (const run of line.runs) {
    const font = open(run.face);
    const at = (em: number, rise: number): string => {
      const [cos, sin] = slope;
      const [along, up] = [((pen + em) * size) / 1000, (rise * size) / 1000];
      const [tx, ty] = [x + along * cos - up * sin, y - along * sin - up * cos];
      return `${numeral(cos)} ${numeral(-sin)} ${numeral(-sin)} ${numeral(-cos)} ${numeral(tx)} ${numeral(ty)} Tm`;
    };
    const text = `/${font.embedded.id} ${numeral(size)} Tf ${runOperators(run, font, at)}`;
    parts.push(run.embolden ? `BT 2 Tr ${numeral(size * STROKE)} w ${text} 0 Tr ET` : `BT ${text} ET`);
    pen += run.width;
  }
  return parts.join('\n');
}

function runOperators(run: GlyphRun, font: OpenFont, at: (em: number, rise: number) => string): string {
  const parts: string[] = [];
  let pen = 0;
  let row = '<';
  const flush = () => {
    if (row !== '<') parts.push(`[${row}>] TJ`);
    row = '<';
  };
  let placed = false;
  for (const glyph of run.glyphs) {
    const { code, width } = encode(glyph, font);
    const displaced = glyph.dx !== 0 || glyph.dy !== 0;
    if (displaced || !placed) {
      flush();
      parts.push(at(pen + glyph.dx, glyph.dy));
    }
    const correction = width - glyph.advance;
    row += Math.abs(correction) < 0.01 ? code : `${code}> ${numeral(correction)} <`;
    pen += glyph.advance;
    placed = !displaced;
  }
  flush();
  const text = parts.join(' ');
  // Poppler turns the ActualText of a right-to-left run around; there the glyphs' own texts come out right.
  return run.complex && !run.rtl ? `/Span <</ActualText <${utf16(run.text)}>>> BDC ${text} EMC` : text;
}

function encode(glyph: Glyph, { face, embedded }: OpenFont): { code: string; width: number } {
  const cid = embedded.subset.cid(glyph.id, glyph.text);
  let width = embedded.widths[cid];
  if (width === undefined) {
    width = (face.font.advance(glyph.id) * 1000) / face.font.unitsPerEm;
    embedded.widths[cid] = width;
    embedded.unicode[cid] = Array.from(glyph.text, (character) => character.codePointAt(0) ?? 0);
  }
  return { code: cid.toString(16).padStart(4, '0'), width };
}

function utf16(text: string): string {
  return `FEFF${Buffer.from(text, 'utf16le').swap16().toString('hex').toUpperCase()}`;
}

/** At most three decimals, no exponent. */
export function numeral(value: number): string {
  const rounded = Math.round(value * 1000) / 1000;
  return String(Object.is(rounded, -0) ? 0 : rounded);
}
