import { firstZone } from '#kernel/local-time';
import { languageFor, type DocumentLanguage } from '../labels/languages.js';
import { type InvoiceDocument, type InvoicePrintRequest } from '../printable-invoice.js';
import { BoundedCache } from '../text/bounded-cache.js';
import { details, titleOf, type Detail } from './details.js';
import { exchangeRate } from './exchange-rates.js';
import { Figures, statedAmount } from './figures.js';
import { lineTable, type LineTable } from './lines.js';
import { buyer, seller, type Party } from './parties.js';
import { payment, type Payment } from './payment.js';
import { isPrinted, listed, ours, printed, type Printed } from './printed.js';
import { taxTable, type TaxTable } from './taxes.js';
import { totals, type TotalRow } from './totals.js';

/** Texts under a heading of their own, or under none. */
export interface Remarks {
  heading: Printed | null;
  paragraphs: Printed[];
}

/** Everything that stands on the document, in the customer's language; where it stands is the layout's business. */
export interface InvoiceContent {
  language: DocumentLanguage;
  title: Printed;
  number: Printed | null;
  seller: Party;
  billTo: Printed;
  buyer: Party;
  details: Detail[];
  lines: LineTable;
  taxes: TaxTable | null;
  totals: TotalRow[];
  payment: Payment | null;
  remarks: Remarks[];
  draft: Printed | null;
  /** Of the document, for its metadata; null when it states no date. */
  date: Date | null;
}

export function invoiceContent(request: InvoicePrintRequest): InvoiceContent {
  const { invoice } = request;
  const language = languageFor(request.locale);
  const { labels, locale } = language;
  const figures = new Figures(locale, usableZone(request.zone), currencyOf(invoice));
  return {
    language,
    title: titleOf(invoice, labels),
    number: printed(invoice.invoice_number, 'invoice_number'),
    seller: seller(invoice.billing_entity, invoice.used_tax_registration, labels, locale),
    billTo: ours(labels.billTo),
    buyer: buyer(invoice.customer, labels, locale),
    details: details(invoice, labels, figures),
    lines: lineTable(invoice, language, figures),
    taxes: taxTable(invoice, labels, figures),
    totals: totals(invoice, labels, figures),
    payment: payment(request, labels),
    remarks: remarks(invoice, language, figures),
    draft: request.draft ? ours(labels.draft) : null,
    date: dateOf(invoice),
  };
}

/* Asking whether a zone exists makes a date format each time; a platform has few zones. */
const zones = new BoundedCache<string>(10_000);

function usableZone(zone: string): string {
  let usable = zones.get(zone);
  if (usable === undefined) zones.set(zone, (usable = firstZone(zone)), zone.length);
  return usable;
}

function currencyOf(invoice: InvoiceDocument): string | null {
  const stated = [
    printed(invoice.billing_currency, 'billing_currency')?.text,
    statedAmount(invoice.invoice_amount_including_tax)?.currency,
    statedAmount(invoice.open_invoice_amount)?.currency,
  ];
  return stated.find((currency) => currency !== undefined && currency !== '') ?? null;
}

function remarks(invoice: InvoiceDocument, { labels }: DocumentLanguage, figures: Figures): Remarks[] {
  const rates = listed(invoice.used_exchange_rates).map((rate, i) =>
    exchangeRate(rate, `used_exchange_rates.${i}`, labels, figures),
  );
  const sections: [string | null, (Printed | null)[]][] = [
    [null, rates],
    [labels.creditReason, [printed(invoice.credit?.note, 'credit.note')]],
    [labels.notes, listed(invoice.notes).map((note, i) => printed(note, `notes.${i}`))],
    [null, [printed(invoice.footnote, 'footnote')]],
  ];
  return sections
    .map(([heading, paragraphs]) => ({
      heading: heading === null ? null : ours(heading),
      paragraphs: paragraphs.filter(isPrinted),
    }))
    .filter(({ paragraphs }) => paragraphs.length > 0);
}

function dateOf(invoice: InvoiceDocument): Date | null {
  for (const instant of [invoice.updated_to_final_at, invoice.invoice_date]) {
    const time = Date.parse(instant ?? '');
    if (!Number.isNaN(time)) return new Date(time);
  }
  return null;
}
