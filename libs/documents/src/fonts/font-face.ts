import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Blob, Buffer as ShapeBuffer, BufferFlag, Direction, Face, Font, shape } from 'harfbuzzjs';
import { FONT_FOLDER } from './font-list.js';
import { readTrueType, type TrueType } from './true-type.js';

/** A glyph on the page. Advance and offsets in 1/1000 em; `text` is what it stands for, '' when another glyph says it. */
export interface Glyph {
  readonly id: number;
  readonly advance: number;
  readonly dx: number;
  readonly dy: number;
  readonly text: string;
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
  private readonly plain = new Map<number, Glyph>();

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
    // Not `getGlyphInfosAndPositions`: it makes each glyph a slow object.
    const infos = buffer.getGlyphInfos();
    const positions = buffer.getGlyphPositions();
    const clusters = infos.map(({ cluster }) => cluster);
    const { texts, complex } = textsOf(text, clusters, (i) => positions[i]?.xAdvance ?? 0);
    const glyphs = infos.map(({ codepoint }, i) => this.glyph(codepoint, positions[i] ?? AT_HOME, texts[i] ?? ''));
    return { glyphs, clusters, complex };
  }

  /** Nearly all glyphs stand where their font has them: they are shared, since shaped text is kept. */
  private glyph(id: number, { xAdvance, xOffset, yOffset }: Position, text: string): Glyph {
    const plain = xOffset === 0 && yOffset === 0;
    const key = id * WIDEST + xAdvance;
    const known = plain ? this.plain.get(key) : undefined;
    if (known?.text === text) return known;
    const glyph = {
      id,
      advance: xAdvance * this.scale,
      dx: xOffset * this.scale,
      dy: yOffset * this.scale,
      text,
    };
    if (plain) this.plain.set(key, glyph);
    return glyph;
  }
}

type Position = Pick<ReturnType<ShapeBuffer['getGlyphPositions']>[number], 'xAdvance' | 'xOffset' | 'yOffset'>;

const AT_HOME: Position = { xAdvance: 0, xOffset: 0, yOffset: 0 };
/* Advances are less: units of an em are at most 16384. */
const WIDEST = 1 << 20;
const buffer = new ShapeBuffer();
/* They direct the layout and are no part of what was said: text copied from the document has none. */
const BIDI_MARKS = /[\u061c\u200e\u200f\u2066-\u2069]/g;

/** What each glyph says: its cluster's text, or '' where a wider glyph of the cluster says it. `complex`: there is one. */
function textsOf(
  text: string,
  clusters: number[],
  advance: (glyph: number) => number,
): { texts: string[]; complex: boolean } {
  const said = (start: number, end: number | undefined) => text.slice(start, end).replace(BIDI_MARKS, '');
  if (isOneToOne(clusters)) return { texts: clusters.map((start, i) => said(start, clusters[i + 1])), complex: false };
  const starts = [...new Set(clusters)].sort((a, b) => a - b);
  const widest = new Map<number, number>();
  clusters.forEach((start, glyph) => {
    const best = widest.get(start);
    if (best === undefined || advance(glyph) > advance(best)) widest.set(start, glyph);
  });
  const texts = clusters.map(() => '');
  starts.forEach((start, i) => (texts[widest.get(start) ?? 0] = said(start, starts[i + 1])));
  return { texts, complex: starts.length !== clusters.length };
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
