import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Blob, Buffer as ShapeBuffer, BufferFlag, Direction, Face, Font, shape } from 'harfbuzzjs';
import { FONT_FOLDER } from './font-list.js';
import { readTrueType, type TrueType } from './true-type.js';

/** A glyph on the page. Advance and offsets in 1/1000 em; `text` is what it stands for, '' when another glyph says it. */
export interface Glyph {
  id: number;
  advance: number;
  dx: number;
  dy: number;
  text: string;
}

export interface ShapedRun {
  /** Left to right as they stand on the page. */
  glyphs: Glyph[];
  /** Position in the text of each glyph's cluster, in UTF-16 units. */
  clusters: number[];
  /** Some cluster has several glyphs: the text must be told apart from them. */
  complex: boolean;
}

/** One font file: what it covers and how it shapes a run. Not thread-safe, as nothing of WebAssembly is. */
export class FontFace {
  readonly font: TrueType;
  private readonly hb: Font;
  private readonly covered: Uint32Array;
  private readonly scale: number;

  /** @param key short and unique, e.g. `NotoSans_400Regular`. @param bold whether the outlines themselves are. */
  constructor(
    readonly key: string,
    file: string,
    readonly bold: boolean,
  ) {
    const bytes = readFileSync(join(FONT_FOLDER, file));
    this.font = readTrueType(bytes, file);
    const face = new Face(new Blob(bytes));
    this.hb = new Font(face);
    this.covered = coverage(face.collectUnicodes());
    this.scale = 1000 / this.font.unitsPerEm;
  }

  covers(codePoint: number): boolean {
    return ((this.covered[codePoint >>> 5] ?? 0) & (1 << (codePoint & 31))) !== 0;
  }

  /** @param text one script, one direction, all of it covered. */
  shape(text: string, rtl: boolean, language: string): ShapedRun {
    buffer.reset();
    buffer.addText(text);
    buffer.setDirection(rtl ? Direction.RTL : Direction.LTR);
    buffer.setLanguage(language);
    buffer.setFlags(BufferFlag.REMOVE_DEFAULT_IGNORABLES);
    buffer.guessSegmentProperties();
    shape(this.hb, buffer);
    const shaped = buffer.getGlyphInfosAndPositions();
    const clusters = shaped.map(({ cluster }) => cluster);
    const glyphs = shaped.map(({ codepoint, xAdvance = 0, xOffset = 0, yOffset = 0 }) => ({
      id: codepoint,
      advance: xAdvance * this.scale,
      dx: xOffset * this.scale,
      dy: yOffset * this.scale,
      text: '',
    }));
    return { glyphs, clusters, complex: tellText(text, glyphs, clusters) };
  }
}

const buffer = new ShapeBuffer();
/* They direct the layout and are no part of what was said: text copied from the document has none. */
const BIDI_MARKS = /[\u061c\u200e\u200f\u2066-\u2069]/g;

/** Gives each cluster's text to its widest glyph. @returns whether a cluster has several glyphs. */
function tellText(text: string, glyphs: Glyph[], clusters: number[]): boolean {
  if (isOneToOne(clusters)) {
    glyphs.forEach((glyph, i) => {
      glyph.text = text.slice(clusters[i], clusters[i + 1] ?? text.length).replace(BIDI_MARKS, '');
    });
    return false;
  }
  const starts = [...new Set(clusters)].sort((a, b) => a - b);
  const end = new Map(starts.map((start, i) => [start, starts[i + 1] ?? text.length]));
  const widest = new Map<number, Glyph>();
  glyphs.forEach((glyph, i) => {
    const start = clusters[i] ?? 0;
    const best = widest.get(start);
    if (!best || glyph.advance > best.advance) widest.set(start, glyph);
  });
  for (const [start, glyph] of widest) glyph.text = text.slice(start, end.get(start)).replace(BIDI_MARKS, '');
  return starts.length !== glyphs.length;
}

/** A glyph for each cluster, from left to right: nearly all text. */
function isOneToOne(clusters: number[]): boolean {
  return clusters.every((cluster, i) => i === 0 || cluster > (clusters[i - 1] ?? 0));
}

function coverage(codePoints: Uint32Array): Uint32Array {
  const bits = new Uint32Array(0x110000 >>> 5);
  for (const point of codePoints) bits[point >>> 5] = (bits[point >>> 5] ?? 0) | (1 << (point & 31));
  return bits;
}
