import { type Printed } from '../content/printed.js';
import { type TextShaper, type ShapedLine } from '../text/text-shaper.js';
import { type Frame } from './frame.js';
import { type TextItem } from './item.js';
import { type TextStyle } from './style.js';

/* Of the core font, in em: how far ink reaches above and below the baseline. */
const ASCENT = 1.069;
const DESCENT = 0.293;

export type Align = 'start' | 'end';

/** Sets text into frames, in the language of one document. Widths and sizes in points. */
export class Typesetter {
  constructor(
    private readonly shaper: Pick<TextShaper, 'lines'>,
    private readonly language: string,
  ) {}

  /** @throws {PermanentFailure} GLYPH_MISSING */
  lines({ text, field }: Printed, style: TextStyle, width: number): ShapedLine[] {
    return this.shaper.lines(text, style.weight, (width * 1000) / style.size, this.language, field);
  }

  /** The text wrapped into `width`, from `x`. */
  text(printed: Printed, style: TextStyle, x: number, width: number, align: Align = 'start'): Frame {
    const lines = this.lines(printed, style, width);
    const items = lines.map((line, i) => placed(line, printed.field, style, x, width, i * style.leading, align));
    return { height: lines.length * style.leading, items };
  }

  /** How wide the text is when nothing breaks it. */
  width(printed: Printed, style: TextStyle): number {
    const lines = this.lines(printed, style, Infinity);
    return (Math.max(0, ...lines.map(({ width }) => width)) * style.size) / 1000;
  }

  /** How wide its longest word is: narrower than that a column cuts words. */
  wordWidth({ text, field }: Printed, style: TextStyle): number {
    return Math.max(0, ...text.split(/\s+/).map((word) => this.width({ text: word, field }, style)));
  }
}

function placed(
  line: ShapedLine,
  field: string,
  style: TextStyle,
  x: number,
  width: number,
  y: number,
  align: Align,
): TextItem {
  const { size, leading, color } = style;
  const ink = (line.width * size) / 1000;
  return {
    kind: 'text',
    x: align === 'start' ? x : x + width - ink,
    y,
    width: ink,
    height: leading,
    line,
    size,
    baseline: (leading - (ASCENT + DESCENT) * size) / 2 + ASCENT * size,
    color,
    field,
  };
}
