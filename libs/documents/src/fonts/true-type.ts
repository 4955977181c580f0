/** The tables of a static TrueType file (`glyf` outlines) that embedding needs. Lengths in font units. */
export interface TrueType {
  postscriptName: string;
  unitsPerEm: number;
  ascent: number;
  descent: number;
  lineGap: number;
  bbox: { minX: number; minY: number; maxX: number; maxY: number };
  checkSumAdjustment: number;
  glyphCount: number;
  table(tag: string): Buffer;
  advance(glyph: number): number;
  leftSideBearing(glyph: number): number;
  /** The outline's bytes, empty for a blank. */
  outline(glyph: number): Buffer;
}

/** @throws {Error} when the file is not TrueType with `glyf` outlines. */
export function readTrueType(bytes: Buffer, file: string): TrueType {
  const tables = tableDirectory(bytes);
  const table = (tag: string): Buffer => {
    const found = tables.get(tag);
    if (!found) throw new Error(`${file} has no ${tag} table; take a static TrueType file with glyf outlines.`);
    return found;
  };
  const head = table('head');
  const hhea = table('hhea');
  const hmtx = table('hmtx');
  const loca = table('loca');
  const glyf = table('glyf');
  const longOffsets = head.readInt16BE(50) === 1;
  const metrics = hhea.readUInt16BE(34);
  const offset = (glyph: number) => (longOffsets ? loca.readUInt32BE(glyph * 4) : loca.readUInt16BE(glyph * 2) * 2);
  return {
    postscriptName: file.replace(/\.ttf$/, ''),
    unitsPerEm: head.readUInt16BE(18),
    ascent: hhea.readInt16BE(4),
    descent: hhea.readInt16BE(6),
    lineGap: hhea.readInt16BE(8),
    bbox: {
      minX: head.readInt16BE(36),
      minY: head.readInt16BE(38),
      maxX: head.readInt16BE(40),
      maxY: head.readInt16BE(42),
    },
    checkSumAdjustment: head.readUInt32BE(8),
    glyphCount: table('maxp').readUInt16BE(4),
    table,
    advance: (glyph) => hmtx.readUInt16BE(Math.min(glyph, metrics - 1) * 4),
    leftSideBearing: (glyph) => hmtx.readInt16BE(glyph < metrics ? glyph * 4 + 2 : metrics * 4 + (glyph - metrics) * 2),
    outline: (glyph) => glyf.subarray(offset(glyph), offset(glyph + 1)),
  };
}

function tableDirectory(bytes: Buffer): Map<string, Buffer> {
  const tables = new Map<string, Buffer>();
  const count = bytes.readUInt16BE(4);
  for (let i = 0; i < count; i++) {
    const entry = 12 + i * 16;
    const start = bytes.readUInt32BE(entry + 8);
    tables.set(
      bytes.toString('latin1', entry, entry + 4),
      bytes.subarray(start, start + bytes.readUInt32BE(entry + 12)),
    );
  }
  return tables;
}
