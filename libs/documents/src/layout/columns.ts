import { type Printed } from '../content/printed.js';
import { type Frame, overlay, shifted, stack } from './frame.js';
import { type TextStyle } from './style.js';
import { type Align, type Typesetter } from './typesetter.js';

export interface Column {
  heading: Printed;
  /** Every text that stands in it. */
  cells: Printed[];
}

export interface PlacedColumn {
  x: number;
  width: number;
  align: Align;
}

export interface ColumnPlan {
  /** The first takes what the others leave. */
  columns: PlacedColumn[];
  /** Of the figures: smaller than asked for when they would leave no room for the words. */
  figures: TextStyle;
}

const GAP = 12;
const WIDEST_HEADING = 62;
const SMALLEST = 0.62;

/**
 * Widths for a table whose first column is words and whose others are figures, aligned at their end. Figures are never
 * broken while a smaller size helps: a reader must be able to compare them.
 */
export function planColumns(
  set: Typesetter,
  figures: Column[],
  width: number,
  leastWords: number,
  styles: { figure: TextStyle; heading: TextStyle },
): ColumnPlan {
  const room = width - leastWords - figures.length * GAP;
  let style = styles.figure;
  let widths = naturalWidths(set, figures, style, styles.heading);
  while (sum(widths) > room && style.size > styles.figure.size * SMALLEST) {
    style = { ...style, size: style.size - 0.5 };
    widths = naturalWidths(set, figures, style, styles.heading);
  }
  if (sum(widths) > room) widths = widths.map((natural) => (natural * room) / sum(widths));
  const words = width - sum(widths) - figures.length * GAP;
  const columns: PlacedColumn[] = [{ x: 0, width: words, align: 'start' }];
  let x = words;
  for (const natural of widths) {
    columns.push({ x: x + GAP, width: natural, align: 'end' });
    x += GAP + natural;
  }
  return { columns, figures: style };
}

/** The heads of the columns, standing on one line. */
export function headRow(set: Typesetter, columns: PlacedColumn[], texts: Printed[], style: TextStyle): Frame {
  const frames = texts.map((text, i) => cellRow(set, columns.slice(i, i + 1), [{ texts: [text], style }]));
  const height = Math.max(...frames.map((frame) => frame.height));
  return { height, items: frames.flatMap((frame) => shifted(frame.items, 0, height - frame.height)) };
}

/** One row of cells side by side; each cell is a list of texts, one below the other. */
export function cellRow(
  set: Typesetter,
  columns: PlacedColumn[],
  cells: { texts: Printed[]; style: TextStyle }[],
): Frame {
  const frames = cells.map(({ texts, style }, i) => {
    const { x = 0, width = 0, align = 'start' } = columns[i] ?? {};
    return stack(texts.map((text) => set.text(text, style, x, width, align)));
  });
  return overlay(...frames);
}

function naturalWidths(set: Typesetter, columns: Column[], figure: TextStyle, heading: TextStyle): number[] {
  return columns.map((column) => {
    const cells = column.cells.map((cell) => set.width(cell, figure));
    const head = Math.min(set.width(column.heading, heading), WIDEST_HEADING);
    return Math.ceil(Math.max(...cells, head, Math.min(set.wordWidth(column.heading, heading), 1.5 * WIDEST_HEADING)));
  });
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
