import { type FontFace } from '../fonts/font-face.js';
import { GlyphSubset } from '../fonts/glyph-subset.js';

/**
 * A face as pdfkit 0.20 takes it: any object with `layout`. Only embedding asks it anything, since we write the text
 * operators ourselves. `_tables` keeps pdfkit from taking two faces of one name for the same.
 */
export function embeddable({ font }: FontFace): object {
  const { postscriptName, unitsPerEm, ascent, descent, lineGap, bbox, checkSumAdjustment } = font;
  return {
    layout(): never {
      throw new Error('Text is shaped before it reaches pdfkit.');
    },
    postscriptName,
    unitsPerEm,
    ascent,
    descent,
    lineGap,
    capHeight: ascent * 0.67,
    xHeight: ascent * 0.5,
    bbox,
    italicAngle: 0,
    post: { isFixedPitch: false },
    head: { macStyle: { italic: false } },
    'OS/2': { sFamilyClass: 0 },
    _tables: { head: { checkSumAdjustment }, name: { records: postscriptName } },
    getGlyph: (glyph: number) => ({ advanceWidth: font.advance(glyph) }),
    createSubset: () => new GlyphSubset(font),
  };
}
