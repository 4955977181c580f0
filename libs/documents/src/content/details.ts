import { type Labels } from '../labels/labels.js';
import { type InvoiceDocument } from '../printable-invoice.js';
import { type Figures } from './figures.js';
import { listed, ours, printed, type Printed } from './printed.js';

/** A label and what it is for. */
export interface Detail {
  label: Printed;
  value: Printed;
  /** What the reader looks for first: the due date, the amount due. */
  strong?: boolean;
}

/** What the document is: its title, its number. */
export function titleOf(invoice: InvoiceDocument, labels: Labels): Printed {
  const selfBilling = invoice.billing_type === 'SELF_BILLING';
  if (isCredit(invoice)) return ours(selfBilling ? labels.selfBillingCreditNote : labels.creditNote);
  return ours(selfBilling ? labels.selfBillingInvoice : labels.invoice);
}

function isCredit(invoice: InvoiceDocument): boolean {
  return invoice.type === 'CREDIT' || invoice.type === 'ONE_OFF_CREDIT';
}

/** Dates, references and numbers at the head of the document, in reading order. */
export function details(invoice: InvoiceDocument, labels: Labels, figures: Figures): Detail[] {
  const rows: [string, Printed | null][] = [
    [isCredit(invoice) ? labels.date : labels.invoiceDate, figures.date(invoice.invoice_date, 'invoice_date')],
    [labels.deliveryDate, figures.date(invoice.delivery_date, 'delivery_date')],
    [labels.period, onlyPeriod(invoice, figures)],
    [labels.purchaseOrder, printed(invoice.purchase_order_number, 'purchase_order_number')],
    [
      labels.customerReference,
      printed(invoice.customer?.reference, 'customer.reference') ??
        printed(invoice.customer_reference, 'customer_reference'),
    ],
    ...earlierInvoices(invoice, labels, figures),
  ];
  const due = figures.date(invoice.due_date, 'due_date');
  const plain = rows.flatMap(([label, value]) => (value ? [{ label: ours(label), value }] : []));
  return due ? [...plain, { label: ours(labels.dueDate), value: due, strong: true }] : plain;
}

/** The period of an invoice that has one; of several each stands over its own lines. */
function onlyPeriod(invoice: InvoiceDocument, figures: Figures): Printed | null {
  const [period, ...more] = listed(invoice.periods);
  return period && more.length === 0 ? figures.dates(period.start_at, period.end_at, 'periods.0') : null;
}

function earlierInvoices(invoice: InvoiceDocument, labels: Labels, figures: Figures): [string, Printed | null][] {
  const { credit } = invoice;
  const label = isCredit(invoice) ? labels.originalInvoice : labels.relatedInvoice;
  const original =
    printed(credit?.original_invoice_info?.invoice_number, 'credit.original_invoice_info.invoice_number') ??
    printed(credit?.original_invoice_id, 'credit.original_invoice_id');
  const linked = listed(invoice.linked_invoices).map((link, i) => {
    const field = `linked_invoices.${i}`;
    const number = printed(link.invoice_number, `${field}.invoice_number`);
    return { number, date: figures.shortDate(link.invoice_date, `${field}.invoice_date`), field };
  });
  const rows = linked
    .filter(({ number }) => number !== null)
    .map(({ number, date, field }): [string, Printed | null] => [
      label,
      printed([number?.text, date?.text].filter((text) => text !== undefined).join(' · '), `${field}.invoice_number`),
    ]);
  const known = linked.some(({ number }) => number?.text === original?.text);
  return original && !known ? [[labels.originalInvoice, original], ...rows] : rows;
}
