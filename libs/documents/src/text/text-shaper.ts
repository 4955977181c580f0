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
const BLANK = /\s/;
const CACHED_CHARACTERS = 150_000;

/** What several documents say: labels, products, the seller. Lines are shared, so nobody may change them. */
export class ShapedTexts {
  private readonly lines = new BoundedCache<ShapedLine[]>(CACHED_CHARACTERS);
  private readonly metOnce = new BoundedCache<true>(CACHED_CHARACTERS);

  get(key: string): ShapedLine[] | undefined {
    return this.lines.get(key);
  }

  /** Keeps the lines when a text is met for the second time: most texts belong to one document and die with it. */
  meet(key: string, lines: ShapedLine[]): void {
    if (this.metOnce.get(key)) this.lines.set(key, lines, key.length);
    else this.metOnce.set(key, true, key.length);
  }
}

/** Text to glyphs, for one document: each text once. */
export class TextShaper {
  private readonly own = new Map<string, ShapedLine[]>();

  constructor(
    private readonly book: FontBook,
    private readonly shared = new ShapedTexts(),
  ) {}

  /**
   * @param text cleaned; \n begins a new line, an empty line stays one.
   * @param width in 1/1000 em; lines are broken to stay within it, a longer word is cut. Infinity breaks nowhere.
   * @param language of the document, BCP 47: decides glyph variants and where Thai words end.
   * @param field where the text stands in the invoice, for the error.
   * @throws {PermanentFailure} GLYPH_MISSING
   */
  lines(text: string, weight: Weight, width: number, language: string, field: string): ShapedLine[] {
    const whole = this.unbroken(text, weight, language, field);
    if (whole.every((line) => fitsInto(line, width))) return whole;
    return this.remembered(`${weight}|${language}|${width}|${text}`, () =>
      text.split('\n').flatMap((source, i) => {
        const line = whole[i];
        return line && fitsInto(line, width) ? [line] : this.broken(source, weight, width, language, field);
      }),
    );
  }

  /** One line for each of the source; asked for a text's width and then for its lines, it is shaped once. */
  private unbroken(text: string, weight: Weight, language: string, field: string): ShapedLine[] {
    return this.remembered(`${weight}|${language}|${text}`, () =>
      text.split('\n').map((source) => {
        return shapeLine(new Paragraph(source, this.book, weight, language, field), 0, source.length);
      }),
    );
  }

  private broken(text: string, weight: Weight, width: number, language: string, field: string): ShapedLine[] {
    const paragraph = new Paragraph(text, this.book, weight, language, field);
    const ends = lineEnds(text, paragraph.pen(), width, language);
    return ends.map((end, i) => shapeLine(paragraph, ends[i - 1] ?? 0, end));
  }

  private remembered(key: string, shape: () => ShapedLine[]): ShapedLine[] {
    const known = this.own.get(key) ?? this.shared.get(key);
    if (known) return known;
    const lines = shape();
    this.own.set(key, lines);
    this.shared.meet(key, lines);
    return lines;
  }
}

function fitsInto(line: ShapedLine, width: number): boolean {
  return line.width <= width + SLACK;
}

function shapeLine(paragraph: Paragraph, from: number, to: number): ShapedLine {
  const slice = paragraph.text.slice(from, to);
  const start = from + slice.length - slice.trimStart().length;
  const end = Math.max(start, from + slice.trimEnd().length);
  const runs = paragraph.shape(start, end);
  return { text: paragraph.text.slice(start, end), runs, width: runs.reduce((sum, run) => sum + run.width, 0) };
}

/** Where each line ends: greedy, as many pieces as fit. */
function lineEnds(text: string, pen: Float64Array, width: number, language: string): number[] {
  const ends: number[] = [];
  let lineStart = 0;
  let previous = 0;
  for (const next of breakable(text, pen, width, language)) {
    if (previous > lineStart && !fits(text, pen, lineStart, next, width)) {
      ends.push(previous);
      lineStart = previous;
    }
    previous = next;
  }
  return [...ends, text.length];
}

/**
 * Ends of the pieces that may share a line, each short enough for a line of its own: words where they are, else their
 * hyphenated parts (whoever copies the text gets no hyphen lost that stood at a line's end), else graphemes.
 */
function breakable(text: string, pen: Float64Array, width: number, language: string): number[] {
  const breaks = lineBreaks(text, language);
  const words = breaks.filter((at) => at === text.length || !/[-\u2010]\s*$/.test(text.slice(Math.max(0, at - 3), at)));
  const parts = refine(words, (start, end) => breaks.filter((at) => at > start && at < end));
  return refine(parts, (start, end) => graphemes(text.slice(start, end)).map(({ index }) => start + index));

  function refine(ends: number[], within: (start: number, end: number) => number[]): number[] {
    return ends.flatMap((end, i) => {
      const start = ends[i - 1] ?? 0;
      return fits(text, pen, start, end, width) ? [end] : [...within(start, end).filter((at) => at > start), end];
    });
  }
}

/** @param pen where each position stands on the unbroken line, 1/1000 em. */
function fits(text: string, pen: Float64Array, start: number, end: number, width: number): boolean {
  let visible = end;
  while (visible > start && BLANK.test(text.charAt(visible - 1))) visible--;
  return (pen[visible] ?? 0) - (pen[start] ?? 0) <= width + SLACK;
}
