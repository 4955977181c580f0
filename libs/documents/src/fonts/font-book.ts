import { PermanentFailure } from '#kernel/failures';
import { FontFace } from './font-face.js';
import { fontList, type FontFamily } from './font-list.js';

export type Weight = 'regular' | 'bold';

/* What Unicode calls default ignorable: it has no ink, so no font needs it. */
const IGNORABLE = /^\p{Default_Ignorable_Code_Point}$/u;
/* Blanks and punctuation stay in the neighbour's font, so that its words are one run; digits are core, they align. */
const JOINS = /^[^\p{Nd}\p{L}]+$/u;
const EMOJI = /\p{Emoji_Presentation}|\ufe0f/u;

interface Entry {
  family: FontFamily;
  asksFor: RegExp | null;
}

const HAN = /\p{Script=Han}/gu;

/** All fonts of this thread. The core font is read at once, the others when a text first needs them. */
export class FontBook {
  private readonly entries: Entry[];
  private readonly loaded = new Map<string, FontFace>();

  constructor() {
    this.entries = fontList().map((family) => ({ family, asksFor: scriptsPattern(family.scripts) }));
    this.core('regular');
    this.core('bold');
  }

  core(weight: Weight): FontFace {
    const [first] = this.entries;
    if (!first) throw new Error('libs/documents/fonts/fonts.json lists no font; its first line is the core font.');
    return this.face(first.family, weight);
  }

  byKey(key: string): FontFace {
    const face = this.loaded.get(key);
    if (!face) throw new Error(`No font ${key} is loaded in this thread.`);
    return face;
  }

  /**
   * The font that draws a grapheme cluster.
   * @param previous the font before it in the text, kept for blanks and punctuation that it has.
   * @param first asked before the others, see `hanFamily`.
   * @param field where the text stands in the invoice, for the error.
   * @throws {PermanentFailure} GLYPH_MISSING when no font has all of it.
   */
  faceFor(
    cluster: string,
    weight: Weight,
    previous: FontFace | null,
    first: FontFamily | null,
    field: string,
  ): FontFace {
    const points = inkOf(cluster);
    const core = this.core(weight);
    const inCore = covers(core, points);
    if (previous && previous !== core && JOINS.test(cluster) && covers(previous, points)) return previous;
    if (inCore && !EMOJI.test(cluster)) return core;
    const found = this.find(cluster, points, weight, first);
    if (found) return found;
    if (inCore) return core;
    const composed = cluster.normalize('NFC');
    if (composed !== cluster) return this.faceFor(composed, weight, previous, first, field);
    throw missing(points.find((point) => !this.anyCovers(point)) ?? points[0] ?? 0, field);
  }

  /**
   * The family for the Han characters of a text: they look different in each country, so one font draws them all if any
   * has them all; the one of the document's language is asked first. Null when there are none.
   */
  hanFamily(text: string, weight: Weight, language: string): FontFamily | null {
    const characters = text.match(HAN);
    if (!characters) return null;
    const code = language.split('-')[0] ?? '';
    const families = this.entries.map(({ family }) => family).filter(({ scripts }) => scripts.includes('Han'));
    const own = (family: FontFamily) => (family.languages?.includes(code) ? 0 : 1);
    families.sort((a, b) => own(a) - own(b));
    const points = characters.map((character) => character.codePointAt(0) ?? 0);
    return families.find((family) => covers(this.face(family, weight), points)) ?? families[0] ?? null;
  }

  private find(cluster: string, points: number[], weight: Weight, first: FontFamily | null): FontFace | null {
    const asked = this.entries.filter(({ asksFor }) => asksFor?.test(cluster)).map(({ family }) => family);
    if (EMOJI.test(cluster)) asked.reverse();
    if (first && asked.includes(first)) asked.unshift(first);
    for (const family of asked) {
      const face = this.face(family, weight);
      if (covers(face, points)) return face;
    }
    return null;
  }

  private anyCovers(point: number): boolean {
    return [...this.loaded.values()].some((face) => face.covers(point));
  }

  private face(family: FontFamily, weight: Weight): FontFace {
    const file = weight === 'bold' ? (family.bold ?? family.regular) : family.regular;
    const key = file.replace(/\.ttf$/, '');
    let face = this.loaded.get(key);
    if (!face) this.loaded.set(key, (face = new FontFace(key, file, file === family.bold)));
    return face;
  }
}

function scriptsPattern(scripts: string[]): RegExp | null {
  if (scripts.length === 0) return null;
  return new RegExp(`^[${scripts.map((script) => `\\p{Script_Extensions=${script}}`).join('')}]`, 'u');
}

function inkOf(cluster: string): number[] {
  return Array.from(cluster)
    .filter((character) => !IGNORABLE.test(character))
    .map((character) => character.codePointAt(0) ?? 0);
}

function covers(face: FontFace, points: number[]): boolean {
  return points.every((point) => face.covers(point));
}

function missing(point: number, field: string): PermanentFailure {
  const name = `U+${point.toString(16).toUpperCase().padStart(4, '0')}`;
  return new PermanentFailure(
    'GLYPH_MISSING',
    `The document cannot be printed: ${field} contains the character ${name}, which none of the fonts has. ` +
      'Write it differently, or add a font that has it to libs/documents/fonts/fonts.json.',
  );
}
