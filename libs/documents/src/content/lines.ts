import { type DocumentLanguage } from '../labels/languages.js';
import { type InvoiceDocument, type StatedGroup, type StatedLine, type StatedPeriod } from '../printable-invoice.js';
import { type Figures, statedAmount } from './figures.js';
import { lineRow, type LineRow, type RowContext } from './line-row.js';
import { isPrinted, listed, ours, printed, type Printed } from './printed.js';
import { taxHeading } from './taxes.js';

/** The lines under one heading. */
export interface LineSection {
  /** The period, when the document has several; only on the first section of each. */
  period: Printed | null;
  heading: Printed | null;
  /** The group's own dates where they differ from its period's. */
  dates: Printed | null;
  rows: LineRow[];
  subtotal: { label: Printed; value: Printed } | null;
}

export interface LineTable {
  headings: { description: Printed; quantity: Printed; price: Printed; tax: Printed; amount: Printed };
  sections: LineSection[];
}

/** The lines as the invoice groups them: periods → groups → lines. */
export function lineTable(invoice: InvoiceDocument, language: DocumentLanguage, figures: Figures): LineTable {
  const { labels } = language;
  const periods = listed(invoice.periods);
  const several = periods.flatMap((period) => listed(period.groups)).length > 1;
  const includingTax = onlyIncludingTax(periods);
  const context: RowContext = { invoice, language, figures, includingTax };
  const sections = periods.flatMap((period, p) =>
    listed(period.groups).map((group, g): LineSection => {
      const field = `periods.${p}.groups.${g}`;
      const periodDates = periods.length > 1 ? figures.dates(period.start_at, period.end_at, `periods.${p}`) : null;
      const rows = listed(group.lines).flatMap((line, l) => lineRow(line, `${field}.lines.${l}`, context));
      const total = figures.plainMoney(group.amount_excluding_tax, `${field}.amount_excluding_tax`);
      return {
        period: g === 0 ? periodDates : null,
        heading: groupHeading(group, field),
        dates: groupDates(group, period, figures, field),
        rows,
        subtotal: several && total ? { label: ours(labels.subtotal), value: total } : null,
      };
    }),
  );
  const amount = includingTax ? labels.amountIncludingTax : labels.amountExcludingTax;
  const inCurrency = figures.currency ? ` (${figures.currency})` : '';
  return {
    headings: {
      description: ours(labels.description),
      quantity: ours(labels.quantity),
      price: ours(labels.unitPrice),
      tax: taxHeading(invoice, labels),
      amount: ours(`${amount}${inCurrency}`),
    },
    sections: sections.filter(({ rows, heading }) => rows.length > 0 || heading !== null),
  };
}

function onlyIncludingTax(periods: StatedPeriod[]): boolean {
  const lines: StatedLine[] = periods.flatMap((period) => listed(period.groups).flatMap(({ lines }) => listed(lines)));
  return (
    lines.some((line) => statedAmount(line.amount_including_tax)) &&
    !lines.some((line) => statedAmount(line.amount_excluding_tax))
  );
}

function groupHeading(group: StatedGroup, field: string): Printed | null {
  const products = listed(group.products).map((product, i) => printed(product.name, `${field}.products.${i}.name`));
  return (
    printed(group.description, `${field}.description`) ??
    printed(group.product_category?.name, `${field}.product_category.name`) ??
    printed(group.pricing?.name, `${field}.pricing.name`) ??
    printed(
      products
        .filter(isPrinted)
        .map(({ text }) => text)
        .join(', '),
      `${field}.products`,
    )
  );
}

function groupDates(group: StatedGroup, period: StatedPeriod, figures: Figures, field: string): Printed | null {
  if (group.start_at === period.start_at && group.end_at === period.end_at) return null;
  return figures.dates(group.start_at, group.end_at, field);
}
