import bidiFactory, { type Bidi } from 'bidi-js';
import { type FontBook, type Weight } from '../fonts/font-book.js';
import { type FontFace, type Glyph } from '../fonts/font-face.js';
import { type FontFamily } from '../fonts/font-list.js';
import { graphemes } from './line-breaks.js';

/** Glyphs of one font and one direction, left to right as they stand on the page. */
export interface GlyphRun {
  face: string;
  rtl: boolean;
  /** In reading order. */
  text: string;
  glyphs: Glyph[];
  /** The glyphs alone do not tell the text: it is written beside them. */
  complex: boolean;
  /** 1/1000 em */
  width: number;
  /** Bold is wanted and the font has none: its outlines are drawn with a stroke. */
  embolden: boolean;
}

/** A stretch of a paragraph that is shaped at once. Positions in UTF-16 units. */
interface Item {
  start: number;
  end: number;
  face: FontFace;
  level: number;
}

// The package is CommonJS whose export is the function itself, and its types say `default`.
const bidi = (bidiFactory as unknown as () => Bidi)();
/* Left to right, no marks that need thought: one font, one run. */
const PLAIN = /^[\u0020-\u02ff\u0370-\u052f\u1e00-\u1fff\u2010-\u2027\u202f-\u205e\u20a0-\u20bf\u2116\u2122\u2212]*$/;
const DEVANAGARI = /\p{Script=Devanagari}/u;

/**
 * Decides fonts and directions of a paragraph (one line of the source, no \n). Its base direction is that of its first
 * strong character: each value stands for itself, whatever the document's direction.
 */
export class Paragraph {
  private readonly items: Item[];

  constructor(
    readonly text: string,
    book: FontBook,
    private readonly weight: Weight,
    private readonly language: string,
    field: string,
  ) {
    this.items =
      plainItem(text, book.core(weight)) ?? itemize(text, book, weight, book.hanFamily(text, weight, language), field);
  }

  /** The glyphs of one line, in visual order. The line must start and end at grapheme boundaries. */
  shape(start: number, end: number): GlyphRun[] {
    const runs = this.items
      .filter((item) => item.start < end && item.end > start)
      .map((item) => ({
        level: item.level,
        run: this.shapeItem(item.face, item.level, Math.max(item.start, start), Math.min(item.end, end)).run,
      }));
    return visualOrder(runs);
  }

  /** Where the pen stands before each position and after the last, 1/1000 em: within a cluster, behind all of it. */
  pen(): Float64Array {
    const pen = new Float64Array(this.text.length + 1);
    for (const item of this.items) {
      const { run, clusters } = this.shapeItem(item.face, item.level, item.start, item.end);
      run.glyphs.forEach((glyph, i) => {
        const after = item.start + (clusters[i] ?? 0) + 1;
        pen[after] = (pen[after] ?? 0) + glyph.advance;
      });
    }
    for (let i = 1; i < pen.length; i++) pen[i] = (pen[i] ?? 0) + (pen[i - 1] ?? 0);
    return pen;
  }

  private shapeItem(face: FontFace, level: number, start: number, end: number): { run: GlyphRun; clusters: number[] } {
    const text = this.text.slice(start, end);
    const rtl = level % 2 === 1;
    const { glyphs, clusters, complex } = face.shape(text, rtl, this.language);
    const width = glyphs.reduce((sum, glyph) => sum + glyph.advance, 0);
    const embolden = this.weight === 'bold' && !face.bold;
    return { run: { face: face.key, rtl, text, glyphs, complex, width, embolden }, clusters };
  }
}

function plainItem(text: string, core: FontFace): Item[] | null {
  if (!PLAIN.test(text)) return null;
  for (let i = 0; i < text.length; i++) if (!core.covers(text.charCodeAt(i))) return null;
  return [{ start: 0, end: text.length, face: core, level: 0 }];
}

function itemize(text: string, book: FontBook, weight: Weight, han: FontFamily | null, field: string): Item[] {
  const { levels } = bidi.getEmbeddingLevels(text);
  const items: Item[] = [];
  let face: FontFace | null = null;
  let devanagari = false;
  for (const { index, segment } of graphemes(text)) {
    face = book.faceFor(segment, weight, face, han, field);
    const level = levels[index] ?? 0;
    const sameScript = devanagari === DEVANAGARI.test(segment) || !/\p{L}/u.test(segment);
    if (!sameScript) devanagari = !devanagari;
    const last = items.at(-1);
    if (last && sameScript && last.face === face && last.level === level) last.end = index + segment.length;
    else items.push({ start: index, end: index + segment.length, face, level });
  }
  return items;
}

/** UAX 9, rule L2, on whole runs: from the highest level down, each stretch at that level or above is reversed. */
function visualOrder(runs: { level: number; run: GlyphRun }[]): GlyphRun[] {
  const highest = Math.max(0, ...runs.map(({ level }) => level));
  for (let level = highest; level > 0; level--) {
    for (let start = 0; start < runs.length; start++) {
      let end = start;
      while (end < runs.length && (runs[end]?.level ?? 0) >= level) end++;
      if (end > start + 1) runs.splice(start, end - start, ...runs.slice(start, end).reverse());
      start = Math.max(start, end);
    }
  }
  return runs.map(({ run }) => run);
}
