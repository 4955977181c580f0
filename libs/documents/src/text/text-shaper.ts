import { type FontBook, type Weight } from '../fonts/font-book.js';
import { BoundedCache } from './bounded-cache.js';
import { graphemes, lineBreaks } from './line-breaks.js';
import { type GlyphRun, Paragraph } from './paragraph.js';

/** One line as it will be drawn. Width in 1/1000 em, so that it serves every size. */
export interface ShapedLine {
  /** In reading order, without the blanks at which it was broken. */
  text: string;
  runs: GlyphRun[];
  width: number;
}

/* Rounding of advances must not push a line that just fits into two. */
const SLACK = 0.5;
const CACHED_CHARACTERS = 150_000;

/** Text to glyphs, once per text: lines are remembered within a bound and shared, so nobody may change them. */
export class TextShaper {
  private readonly cache = new BoundedCache<ShapedLine[]>(CACHED_CHARACTERS);

  constructor(private readonly book: FontBook) {}

  /**
   * @param text cleaned; \n begins a new line, an empty line stays one.
   * @param width in 1/1000 em; lines are broken to stay within it, a longer word is cut. Infinity breaks nowhere.
   * @param language of the document, BCP 47: decides glyph variants and where Thai words end.
   * @param field where the text stands in the invoice, for the error.
   * @throws {PermanentFailure} GLYPH_MISSING
   */
  lines(text: string, weight: Weight, width: number, language: string, field: string): ShapedLine[] {
    const key = `${weight}|${language}|${width}|${text}`;
    const known = this.cache.get(key);
    if (known) return known;
    const lines = text.split('\n').flatMap((line) => this.paragraph(line, weight, width, language, field));
    this.cache.set(key, lines, key.length);
    return lines;
  }

  private paragraph(text: string, weight: Weight, width: number, language: string, field: string): ShapedLine[] {
    const paragraph = new Paragraph(text, this.book, weight, language, field);
    const whole = shapeLine(paragraph, 0, text.length);
    if (whole.width <= width + SLACK) return [whole];
    const ends = lineEnds(text, paragraph.advances(), width, language);
    return ends.map((end, i) => shapeLine(paragraph, ends[i - 1] ?? 0, end));
  }
}

function shapeLine(paragraph: Paragraph, from: number, to: number): ShapedLine {
  const slice = paragraph.text.slice(from, to);
  const start = from + slice.length - slice.trimStart().length;
  const end = Math.max(start, from + slice.trimEnd().length);
  const runs = paragraph.shape(start, end);
  return { text: paragraph.text.slice(start, end), runs, width: runs.reduce((sum, run) => sum + run.width, 0) };
}

/** Greedy: each line takes as many words as fit; a word that is longer than a line is cut between graphemes. */
function lineEnds(text: string, advances: Float64Array, width: number, language: string): number[] {
  const ends: number[] = [];
  let lineStart = 0;
  let previous = 0;
  for (const next of lineBreaks(text, language)) {
    if (previous > lineStart && !fits(text, advances, lineStart, next, width)) {
      ends.push(previous);
      lineStart = previous;
    }
    if (!fits(text, advances, lineStart, next, width)) {
      for (const cut of cuts(text, advances, lineStart, next, width)) {
        ends.push(cut);
        lineStart = cut;
      }
    }
    previous = next;
  }
  return lineStart < text.length ? [...ends, text.length] : ends;
}

function fits(text: string, advances: Float64Array, start: number, end: number, width: number): boolean {
  const visible = start + text.slice(start, end).trimEnd().length;
  let sum = 0;
  for (let i = start; i < visible; i++) sum += advances[i] ?? 0;
  return sum <= width;
}

function cuts(text: string, advances: Float64Array, start: number, end: number, width: number): number[] {
  const found: number[] = [];
  let lineStart = start;
  for (const { index, segment } of graphemes(text.slice(start, end))) {
    const at = start + index;
    if (at > lineStart && !fits(text, advances, lineStart, at + segment.length, width)) {
      found.push(at);
      lineStart = at;
    }
  }
  return found;
}
