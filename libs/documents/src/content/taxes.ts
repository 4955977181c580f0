import { type Labels } from '../labels/labels.js';
import { type InvoiceDocument, type StatedLocalAmounts, type StatedTaxCategory } from '../printable-invoice.js';
import { exchangeRate } from './exchange-rates.js';
import { type Figures, statedAmount } from './figures.js';
import { isolated, isPrinted, listed, ours, printed, type Printed } from './printed.js';

export interface TaxRow {
  name: Printed;
  rate: Printed | null;
  base: Printed | null;
  tax: Printed | null;
  /** Why the rate is what it is, amounts in another currency: full sentences under the row. */
  reasons: Printed[];
  /** One of several rates that make up the category above. */
  sub: boolean;
}

export interface TaxTable {
  headings: { name: Printed; rate: Printed; base: Printed; tax: Printed };
  rows: TaxRow[];
  /** What holds for the whole table. */
  remarks: Printed[];
}

/** The tax per category; null when the document states none. */
export function taxTable(invoice: InvoiceDocument, labels: Labels, figures: Figures): TaxTable | null {
  const rows = listed(invoice.tax_categories).flatMap((category, i) =>
    categoryRows(category, `tax_categories.${i}`, labels, figures),
  );
  const summary = invoice.tax_summary;
  const remarks = [
    ...texts(summary?.notes, 'tax_summary.notes'),
    ...localAmounts(summary?.local_amounts, 'tax_summary.local_amounts', labels, figures),
  ];
  if (rows.length === 0 && remarks.length === 0) return null;
  return {
    headings: {
      name: taxHeading(invoice, labels),
      rate: ours(labels.taxRate),
      base: ours(labels.taxBase),
      tax: ours(labels.taxAmount),
    },
    rows,
    remarks,
  };
}

/** The tax by the name that the document gives it throughout (`BTW`, `IVA`), else by the language's word. */
export function taxHeading(invoice: InvoiceDocument, labels: Labels): Printed {
  const names = new Set(listed(invoice.tax_categories).map(({ name }) => printed(name, 'tax_categories')?.text));
  const [name] = names;
  const short = names.size === 1 && name !== undefined && name.length <= 12;
  return short ? ours(name, 'tax_categories.0.name') : ours(labels.tax);
}

function categoryRows(category: StatedTaxCategory, field: string, labels: Labels, figures: Figures): TaxRow[] {
  const kind = kindOf(category.category, labels);
  const name = printed(category.name, `${field}.name`) ?? ours(labels.tax, field);
  const rates = listed(category.rates).map((rate, i): TaxRow => {
    const at = `${field}.rates.${i}`;
    return {
      name: printed(rate.name, `${at}.name`) ?? ours('–', at),
      rate: figures.percent(rate.percentage, `${at}.percentage`),
      base: null,
      tax: figures.plainMoney(rate.tax_amount, `${at}.tax_amount`),
      reasons: [],
      sub: true,
    };
  });
  return [
    {
      name: kind === null ? name : { ...name, text: `${name.text} · ${kind}` },
      rate: figures.percent(category.percentage, `${field}.percentage`),
      base: figures.plainMoney(category.base_amount, `${field}.base_amount`),
      tax: figures.plainMoney(category.tax_amount, `${field}.tax_amount`),
      reasons: [
        ...texts(category.notes, `${field}.notes`),
        ...localAmounts(category.local_amounts, `${field}.local_amounts`, labels, figures),
      ],
      sub: false,
    },
    ...rates,
  ];
}

function kindOf(category: unknown, labels: Labels): string | null {
  switch (category) {
    case 'ZERO_RATED':
      return labels.zeroRated;
    case 'EXEMPT':
      return labels.exempt;
    case 'REVERSE_CHARGE':
      return labels.reverseCharge;
    case 'INTRA_COMMUNITY':
      return labels.intraCommunity;
    case 'OUT_OF_SCOPE':
      return labels.outOfScope;
    case 'EXPORT':
      return labels.exportOutside;
    default:
      return null;
  }
}

function localAmounts(
  local: StatedLocalAmounts | null | undefined,
  field: string,
  labels: Labels,
  figures: Figures,
): Printed[] {
  const tax = local?.display === false ? null : figures.money(local?.tax_amount, `${field}.tax_amount`);
  if (!local || !tax) return [];
  const currency = statedAmount(local.tax_amount)?.currency ?? '';
  const base = figures.money(local.base_amount, `${field}.base_amount`);
  const sentence = [
    `${labels.taxIn.replace('{currency}', currency)}: ${isolated(tax.text)}`,
    base ? `${labels.taxBase}: ${isolated(base.text)}` : null,
  ];
  return [
    { text: sentence.filter((part) => part !== null).join(' · '), field: `${field}.tax_amount` },
    exchangeRate(local.used_exchange_rate, `${field}.used_exchange_rate`, labels, figures),
  ].filter(isPrinted);
}

function texts(values: (string | null | undefined)[] | null | undefined, field: string): Printed[] {
  return listed(values)
    .map((value, i) => printed(value, `${field}.${i}`))
    .filter(isPrinted);
}
