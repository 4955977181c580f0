import { type InvoiceContent } from '../content/invoice-content.js';
import { isPrinted } from '../content/printed.js';
import { type TaxRow, type TaxTable } from '../content/taxes.js';
import { type TotalRow } from '../content/totals.js';
import { cellRow, headRow, planColumns } from './columns.js';
import { EMPTY, type Frame, indented, overlay, rule, stack } from './frame.js';
import { CONTENT_WIDTH } from './geometry.js';
import { type Block } from './paginate.js';
import { BODY, BODY_MUTED, COLUMN_HEAD, DUE, HAIRLINE, INK, PANEL, SMALL, SMALL_MUTED, TOTAL } from './style.js';
import { type Typesetter } from './typesetter.js';

const GUTTER = 28;
const TOTALS_WIDTH = 218;
const PADDING = 8;
const LEAST_WORDS = 60;
/* A tax table higher than this is no neighbour for the totals: it gets the whole width below them. */
const HIGHEST_NEIGHBOUR = 150;

/** Totals, and the tax that they contain: side by side when both are small, else one below the other. */
export function summaryBlocks(set: Typesetter, { totals, taxes }: InvoiceContent): Block[] {
  const width = totalsWidth(set, totals);
  const sums = indented(totalsFrame(set, totals, width), CONTENT_WIDTH - width);
  const beside = CONTENT_WIDTH - width - GUTTER;
  const rows = taxes && fits(set, taxes, beside) ? taxRows(set, taxes, beside) : null;
  if (rows && stack(rows).height <= HIGHEST_NEIGHBOUR) return [{ ...overlay(stack(rows), sums), gap: 18 }];
  const [head, ...below] = taxes ? taxRows(set, taxes, CONTENT_WIDTH) : [];
  return [
    { ...sums, gap: 18 },
    ...(head ? [{ ...head, gap: 20, keepWithNext: below.length > 0 }] : []),
    ...below.map((row): Block => ({ ...row, gap: 0, head: head ?? null })),
  ];
}

function totalsWidth(set: Typesetter, totals: TotalRow[]): number {
  const widest = totals.map(
    (row) => set.width(row.label, style(row)) + set.width(row.value, style(row)) + 24 + 2 * PADDING,
  );
  return Math.min(CONTENT_WIDTH, Math.max(TOTALS_WIDTH, ...widest));
}

function style({ weight }: TotalRow) {
  return { plain: BODY, total: TOTAL, due: DUE }[weight];
}

function totalsFrame(set: Typesetter, totals: TotalRow[], width: number): Frame {
  return stack(totals.map((row) => totalFrame(set, row, width)));
}

function totalFrame(set: Typesetter, row: TotalRow, width: number): Frame {
  const inner = width - 2 * PADDING;
  const labelStyle = row.weight === 'plain' ? BODY_MUTED : style(row);
  const value = set.width(row.value, style(row));
  const line =
    set.width(row.label, labelStyle) + value + 12 <= inner
      ? overlay(set.text(row.label, labelStyle, PADDING, inner), set.text(row.value, style(row), PADDING, inner, 'end'))
      : stack([
          set.text(row.label, labelStyle, PADDING, inner),
          set.text(row.value, style(row), PADDING, inner, 'end'),
        ]);
  const padding = row.weight === 'due' ? 7 : 3;
  const padded = indented(line, 0, padding, padding);
  if (row.weight === 'due') {
    return {
      ...padded,
      items: [{ kind: 'rect', x: 0, y: 0, width, height: padded.height, color: PANEL }, ...padded.items],
    };
  }
  return row.weight === 'total' ? { ...padded, items: [rule(0, 0, width, 0.8, INK), ...padded.items] } : padded;
}

function fits(set: Typesetter, taxes: TaxTable, width: number): boolean {
  const plan = taxColumns(set, taxes, width);
  return plan.figures.size === SMALL.size && width >= 220;
}

function taxColumns(set: Typesetter, { headings, rows }: TaxTable, width: number) {
  const cells = (key: 'rate' | 'base' | 'tax') => rows.map((row) => row[key]).filter(isPrinted);
  return planColumns(
    set,
    [
      { heading: headings.rate, cells: cells('rate') },
      { heading: headings.base, cells: cells('base') },
      { heading: headings.tax, cells: cells('tax') },
    ],
    width,
    LEAST_WORDS,
    { figure: SMALL, heading: COLUMN_HEAD },
  );
}

/** The head of the table, its rows and its remarks. */
function taxRows(set: Typesetter, taxes: TaxTable, width: number): Frame[] {
  const { columns, figures } = taxColumns(set, taxes, width);
  const { name, rate, base, tax } = taxes.headings;
  const titles = headRow(set, columns, [name, rate, base, tax], COLUMN_HEAD);
  const headHeight = titles.height + 4;
  const head = { height: headHeight, items: [...titles.items, rule(0, headHeight - 0.6, width, 0.6, INK)] };
  const row = (taxRow: TaxRow): Frame => {
    const cells = cellRow(set, columns, [
      { texts: [taxRow.name], style: taxRow.sub ? SMALL_MUTED : SMALL },
      ...[taxRow.rate, taxRow.base, taxRow.tax].map((text) => ({
        texts: text ? [text] : [],
        style: taxRow.sub ? { ...figures, color: SMALL_MUTED.color } : figures,
      })),
    ]);
    const reasons = taxRow.reasons.map((reason) => set.text(reason, SMALL_MUTED, 0, width));
    const padded = indented(stack([cells, ...reasons], 1), 0, taxRow.sub ? 0 : 3, 3);
    return { ...padded, items: [...padded.items, rule(0, padded.height - 0.4, width, 0.4, HAIRLINE)] };
  };
  const remarks = taxes.remarks.map((remark) => indented(set.text(remark, SMALL_MUTED, 0, width), 0, 3));
  return [taxes.rows.length > 0 ? head : EMPTY, ...taxes.rows.map(row), ...remarks].filter(({ height }) => height > 0);
}
