import { type InvoiceContent } from '../content/invoice-content.js';
import { type LineSection, type LineTable } from '../content/lines.js';
import { type LineRow } from '../content/line-row.js';
import { isPrinted, type Printed } from '../content/printed.js';
import { cellRow, type ColumnPlan, headRow, planColumns } from './columns.js';
import { type Frame, indented, overlay, rule, stack } from './frame.js';
import { CONTENT_WIDTH } from './geometry.js';
import { type Block } from './paginate.js';
import {
  BODY,
  BODY_BOLD,
  COLUMN_HEAD,
  GROUP_HEAD,
  HAIRLINE,
  INK,
  PERIOD_HEAD,
  SMALL_MUTED,
  type TextStyle,
} from './style.js';
import { type Typesetter } from './typesetter.js';

const LEAST_WORDS = 150;
const SUB_INDENT = 10;
const CELL_PADDING = 4;

type FigureKey = 'quantity' | 'price' | 'tax' | 'amount';
const FIGURES: readonly FigureKey[] = ['quantity', 'price', 'tax', 'amount'];

/** The table of lines: a head that each page repeats, then each section's headings, rows and subtotal. */
export function linesTable(set: Typesetter, { lines }: InvoiceContent): Block[] {
  const rows = lines.sections.flatMap((section) => section.rows);
  if (rows.length === 0 && lines.sections.length === 0) return [];
  const keys = FIGURES.filter((key) => key === 'amount' || rows.some((row) => figureTexts(row, key).length > 0));
  const plan = planColumns(
    set,
    keys.map((key) => ({ heading: lines.headings[key], cells: columnCells(lines, key) })),
    CONTENT_WIDTH,
    LEAST_WORDS,
    { figure: BODY, heading: COLUMN_HEAD },
  );
  const head = tableHead(set, lines, plan, keys);
  return [
    { ...head, gap: 22, keepWithNext: true },
    ...lines.sections.flatMap((section, i) => sectionBlocks(set, section, plan, keys, head, i === 0)),
  ];
}

function figureTexts(row: LineRow, key: FigureKey): Printed[] {
  return key === 'tax' ? row.tax : [row[key]].filter(isPrinted);
}

function columnCells(lines: LineTable, key: FigureKey): Printed[] {
  return lines.sections.flatMap(({ rows, subtotal }) => [
    ...rows.flatMap((row) => figureTexts(row, key)),
    ...(key === 'amount' && subtotal ? [subtotal.value] : []),
  ]);
}

function tableHead(set: Typesetter, { headings }: LineTable, plan: ColumnPlan, keys: FigureKey[]): Frame {
  const texts = [headings.description, ...keys.map((key) => headings[key])];
  const row = headRow(set, plan.columns, texts, COLUMN_HEAD);
  const height = row.height + 5;
  return { height, items: [...row.items, rule(0, height - 0.8, CONTENT_WIDTH, 0.8, INK)] };
}

function sectionBlocks(
  set: Typesetter,
  section: LineSection,
  plan: ColumnPlan,
  keys: FigureKey[],
  head: Frame,
  first: boolean,
): Block[] {
  const { period, heading, dates, rows, subtotal } = section;
  const headings: Block[] = [
    period && { ...set.text(period, PERIOD_HEAD, 0, CONTENT_WIDTH), gap: first ? 8 : 14 },
    heading && { ...set.text(heading, GROUP_HEAD, 0, CONTENT_WIDTH), gap: period ? 2 : first ? 8 : 14 },
    dates && { ...set.text(dates, SMALL_MUTED, 0, CONTENT_WIDTH), gap: 0 },
  ]
    .filter((block): block is Frame & { gap: number } => block !== null)
    .map((block) => ({ ...block, head, keepWithNext: true }));
  const separated = !first && headings.length === 0 ? 8 : 0;
  const body = rows.map((row, i): Block => {
    const last = i === rows.length - 1;
    const frame = tableRow(set, row, plan, keys, !(last && subtotal));
    // The last line keeps its subtotal's company, so that no page begins with a sum of nothing.
    return { ...frame, gap: i === 0 ? separated : 0, head, keepWithNext: last && subtotal !== null };
  });
  return [...headings, ...body, ...(subtotal ? [subtotalRow(set, subtotal, plan, head)] : [])];
}

function tableRow(set: Typesetter, row: LineRow, plan: ColumnPlan, keys: FigureKey[], ruled: boolean): Frame {
  const figure: TextStyle = row.sub ? { ...plan.figures, color: SMALL_MUTED.color } : plan.figures;
  const [words, ...figures] = plan.columns;
  const frame = overlay(
    description(set, row, words?.width ?? CONTENT_WIDTH),
    cellRow(
      set,
      figures,
      keys.map((key) => ({ texts: figureTexts(row, key), style: figure })),
    ),
  );
  const padded = indented(frame, 0, row.sub ? 0 : CELL_PADDING, CELL_PADDING);
  return ruled
    ? { ...padded, items: [...padded.items, rule(0, padded.height - 0.4, CONTENT_WIDTH, 0.4, HAIRLINE)] }
    : padded;
}

/** The first line of the text says what it is; further lines explain it and step back. */
function description(set: Typesetter, { description: { text, field }, sub }: LineRow, width: number): Frame {
  if (sub) return set.text({ text, field }, SMALL_MUTED, SUB_INDENT, width - SUB_INDENT);
  const [name = '', ...more] = text.split('\n');
  const first = set.text({ text: name, field }, BODY, 0, width);
  return more.length === 0
    ? first
    : stack([first, set.text({ text: more.join('\n'), field }, SMALL_MUTED, 0, width)], 1);
}

function subtotalRow(
  set: Typesetter,
  { label, value }: NonNullable<LineSection['subtotal']>,
  plan: ColumnPlan,
  head: Frame,
): Block {
  const amount = plan.columns.at(-1) ?? { x: 0, width: CONTENT_WIDTH };
  const style = { ...BODY_BOLD, size: plan.figures.size };
  const row = overlay(
    set.text(label, BODY_BOLD, 0, amount.x - 12, 'end'),
    set.text(value, style, amount.x, amount.width, 'end'),
  );
  const padded = indented(row, 0, CELL_PADDING, CELL_PADDING);
  const lines = [rule(0, 0, CONTENT_WIDTH, 0.4, HAIRLINE), rule(0, padded.height - 0.4, CONTENT_WIDTH, 0.4, HAIRLINE)];
  return { height: padded.height, items: [...padded.items, ...lines], gap: 0, head };
}
