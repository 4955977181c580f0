import { type DocumentLanguage } from '../labels/languages.js';
import {
  type InvoiceDocument,
  type StatedLine,
  type StatedMeterValue,
  type StatedPriceDetails,
  type StatedSubLine,
} from '../printable-invoice.js';
import { type Figures } from './figures.js';
import { customerName } from './parties.js';
import { isPrinted, listed, ours, printed, type Printed } from './printed.js';
import { quantityWithUnit } from './units.js';

/** One row of the table of lines. Null cells are empty. */
export interface LineRow {
  /** What it is; the first line of it stands out when there are more. */
  description: Printed;
  quantity: Printed | null;
  price: Printed | null;
  /** The rates on this line, usually one. */
  tax: Printed[];
  amount: Printed | null;
  /** Part of the line above it. */
  sub: boolean;
}

export interface RowContext {
  invoice: InvoiceDocument;
  language: DocumentLanguage;
  figures: Figures;
  /** The document states its line amounts including tax and no others. */
  includingTax: boolean;
}

/** The line's row, and one for each of its sub-lines. */
export function lineRow(line: StatedLine, field: string, context: RowContext): LineRow[] {
  const { figures, includingTax } = context;
  const meter = line.meter_value ?? line.details?.meter_value;
  const amount = includingTax
    ? figures.plainMoney(line.amount_including_tax, `${field}.amount_including_tax`)
    : figures.plainMoney(line.amount_excluding_tax, `${field}.amount_excluding_tax`);
  const row: LineRow = {
    description: description(line, field, context),
    quantity: quantity(meter, line, `${field}.meter_value`, context),
    price: price(line.details, `${field}.details.band`, figures),
    tax: listed(line.tax_categories)
      .map(({ percentage }, i) => figures.percent(percentage, `${field}.tax_categories.${i}.percentage`))
      .filter(isPrinted),
    amount,
    sub: false,
  };
  const subLines = listed(line.sub_lines).map((sub, i) => subRow(sub, line, `${field}.sub_lines.${i}`, context));
  return [row, ...subLines.filter(isRow)];
}

function subRow(sub: StatedSubLine, line: StatedLine, field: string, context: RowContext): LineRow | null {
  const { figures, invoice } = context;
  const customers = listed(invoice.processing_only_customers);
  const position = customers.findIndex(({ id }) => id != null && id === sub.processing_only_customer_id);
  const text =
    printed(sub.description, `${field}.description`) ??
    customerName(customers[position], `processing_only_customers.${position}`) ??
    printed(sub.details?.description, `${field}.details.description`);
  const row: LineRow = {
    description: text ?? ours('–', field),
    quantity: quantity(sub.details?.meter_value, line, `${field}.details.meter_value`, context),
    price: price(sub.details, `${field}.details.band`, figures),
    tax: [],
    amount: figures.plainMoney(sub.details?.amount, `${field}.details.amount`),
    sub: true,
  };
  return (text ?? row.quantity ?? row.price ?? row.amount) ? row : null;
}

function isRow(row: LineRow | null): row is LineRow {
  return row !== null;
}

function description(line: StatedLine, field: string, { invoice, language }: RowContext): Printed {
  const stated = printed(line.description, `${field}.description`);
  if (stated) return stated;
  const items = listed(line.product_items).flatMap((item, i) => {
    const name = printed(item.name, `${field}.product_items.${i}.name`)?.text;
    const more = printed(item.description, `${field}.product_items.${i}.description`)?.text;
    return [name, more === name ? undefined : more].filter((text) => text !== undefined);
  });
  const coupon = listed(invoice.coupons).find(({ coupon_id: id }) => id != null && id === line.coupon_data?.coupon_id);
  return (
    printed(items.join('\n'), `${field}.product_items`) ??
    printed(line.details?.description, `${field}.details.description`) ??
    printed(coupon?.coupon_name, 'coupons') ??
    ours(line.type === 'DISCOUNT' ? language.labels.discount : '–', field)
  );
}

function quantity(
  meter: StatedMeterValue | null | undefined,
  line: StatedLine,
  field: string,
  context: RowContext,
): Printed | null {
  if (!meter) return null;
  const { figures, language } = context;
  const stated = printed(meter.number, `${field}.number`) ?? printed(meter.count, `${field}.count`);
  if (!stated) return figures.money(meter.amount, `${field}.amount`);
  const written = figures.number(stated.text, stated.field) ?? stated;
  const code = printed(meter.reference, `${field}.reference`)?.text ?? '';
  const own = ownUnit(line, code, stated.text, context);
  const text = own
    ? `${written.text} ${own}`
    : quantityWithUnit(stated.text, written.text, code, language.locale, language.labels);
  return printed(text, stated.field);
}

/** The unit's name where the invoice itself gives one: with the product, or with the list of what is metered. */
function ownUnit(line: StatedLine, code: string, number: string, { invoice }: RowContext): string | null {
  const name = listed(line.product_items).find((item) => item.unit_name)?.unit_name;
  const unit = number === '1' ? name?.singular : (name?.plural ?? name?.singular);
  const metered = listed(invoice.meter_values).find(({ reference }) => reference === code)?.name;
  return printed(unit ?? metered, 'unit')?.text ?? null;
}

/** The price of one unit, `5,00`, or of a block of them, `5,00 / 100`; or a share, `1,5 %`. */
function price(details: StatedPriceDetails | null | undefined, field: string, figures: Figures): Printed | null {
  const band = details?.band;
  const amount = figures.plainMoney(band?.amount, `${field}.amount`);
  if (!amount) return figures.percent(band?.percentage, `${field}.percentage`);
  const block = figures.number(band?.block_size?.number, `${field}.block_size.number`);
  return block && block.text !== '1' ? { ...amount, text: `${amount.text} / ${block.text}` } : amount;
}
