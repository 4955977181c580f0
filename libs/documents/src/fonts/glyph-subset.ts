import { type TrueType } from './true-type.js';

/* Flags of a composite glyph's components (OpenType, glyf table). */
const WORDS = 0x0001;
const SCALE = 0x0008;
const MORE = 0x0020;
const TWO_SCALES = 0x0040;
const TWO_BY_TWO = 0x0080;

const TABLES = ['glyf', 'head', 'hhea', 'hmtx', 'loca', 'maxp'];

/**
 * The glyphs of one font that one document uses. A CID stands for a glyph *and* the text that it says, so that two texts
 * drawn with the same glyph both come back out of the PDF as written.
 */
export class GlyphSubset {
  /** pdfkit asks: these are not CFF outlines. */
  readonly cff = null;
  /** By glyph, then by text. */
  private readonly cids = new Map<number, Map<string, number>>();
  /** Glyph id of the font, by CID. 0 is .notdef. */
  private readonly glyphs: number[] = [0];

  constructor(private readonly font: TrueType) {}

  cid(glyph: number, text: string): number {
    const byText = this.cids.get(glyph) ?? new Map<string, number>();
    const known = byText.get(text);
    if (known !== undefined) return known;
    const cid = this.glyphs.push(glyph) - 1;
    this.cids.set(glyph, byText.set(text, cid));
    return cid;
  }

  /** pdfkit's own way in, which we do not use. */
  includeGlyph(glyph: number): number {
    return this.cid(glyph, '');
  }

  /** A TrueType file with these glyphs in the order of their CIDs. */
  encode(): Buffer {
    const glyphs = [...this.glyphs];
    const outlines: Buffer[] = [];
    // Components are appended to `glyphs` while the list is walked.
    for (const glyph of glyphs) outlines.push(renumber(this.font.outline(glyph), glyphs));
    return fontFile(this.font, glyphs, outlines);
  }
}

/** A composite outline that names its components by their place in `glyphs`, to which new ones are added. */
function renumber(outline: Buffer, glyphs: number[]): Buffer {
  if (outline.length === 0 || outline.readInt16BE(0) >= 0) return outline;
  const copy = Buffer.from(outline);
  let at = 10;
  let flags: number;
  do {
    flags = copy.readUInt16BE(at);
    const component = copy.readUInt16BE(at + 2);
    let place = glyphs.indexOf(component, 1);
    if (place < 0) place = glyphs.push(component) - 1;
    copy.writeUInt16BE(place, at + 2);
    at += 4 + (flags & WORDS ? 4 : 2) + transformSize(flags);
  } while (flags & MORE);
  return copy;
}

function transformSize(flags: number): number {
  if (flags & SCALE) return 2;
  if (flags & TWO_SCALES) return 4;
  return flags & TWO_BY_TWO ? 8 : 0;
}

function fontFile(font: TrueType, glyphs: number[], outlines: Buffer[]): Buffer {
  const loca = Buffer.alloc((glyphs.length + 1) * 4);
  const hmtx = Buffer.alloc(glyphs.length * 4);
  const padded: Buffer[] = [];
  let offset = 0;
  glyphs.forEach((glyph, i) => {
    const outline = pad(outlines[i] ?? Buffer.alloc(0));
    padded.push(outline);
    loca.writeUInt32BE(offset, i * 4);
    offset += outline.length;
    hmtx.writeUInt16BE(font.advance(glyph), i * 4);
    hmtx.writeInt16BE(font.leftSideBearing(glyph), i * 4 + 2);
  });
  loca.writeUInt32BE(offset, glyphs.length * 4);
  const head = Buffer.from(font.table('head'));
  head.writeUInt32BE(0, 8);
  head.writeInt16BE(1, 50);
  const hhea = Buffer.from(font.table('hhea'));
  hhea.writeUInt16BE(glyphs.length, 34);
  const maxp = Buffer.from(font.table('maxp'));
  maxp.writeUInt16BE(glyphs.length, 4);
  return sfnt({ glyf: Buffer.concat(padded), head, hhea, hmtx, loca, maxp });
}

function sfnt(contents: Record<string, Buffer>): Buffer {
  const tags = TABLES.filter((tag) => contents[tag]);
  const directory = Buffer.alloc(12 + tags.length * 16);
  const power = 2 ** Math.floor(Math.log2(tags.length));
  directory.writeUInt32BE(0x00010000, 0);
  directory.writeUInt16BE(tags.length, 4);
  directory.writeUInt16BE(power * 16, 6);
  directory.writeUInt16BE(Math.log2(power), 8);
  directory.writeUInt16BE((tags.length - power) * 16, 10);
  const parts: Buffer[] = [directory];
  let offset = directory.length;
  tags.forEach((tag, i) => {
    const table = contents[tag] ?? Buffer.alloc(0);
    const entry = 12 + i * 16;
    directory.write(tag, entry, 'latin1');
    directory.writeUInt32BE(checkSum(pad(table)), entry + 4);
    directory.writeUInt32BE(offset, entry + 8);
    directory.writeUInt32BE(table.length, entry + 12);
    parts.push(pad(table));
    offset += pad(table).length;
  });
  return Buffer.concat(parts);
}

function pad(bytes: Buffer): Buffer {
  const over = bytes.length % 4;
  return over === 0 ? bytes : Buffer.concat([bytes, Buffer.alloc(4 - over)]);
}

function checkSum(padded: Buffer): number {
  let sum = 0;
  for (let i = 0; i < padded.length; i += 4) sum = (sum + padded.readUInt32BE(i)) >>> 0;
  return sum;
}
