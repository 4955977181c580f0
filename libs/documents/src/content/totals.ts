import { decimal, isQuantity, toQuantity } from '#kernel/amount';
import { type Labels } from '../labels/labels.js';
import { type InvoiceDocument } from '../printable-invoice.js';
import { type Figures, statedAmount } from './figures.js';
import { ours, type Printed } from './printed.js';

export interface TotalRow {
  label: Printed;
  value: Printed;
  /** `total`: what the document comes to; `due`: what is asked for. */
  weight: 'plain' | 'total' | 'due';
}

/** The totals as the document states them; only the difference that it leaves unexplained is worked out. */
export function totals(invoice: InvoiceDocument, labels: Labels, figures: Figures): TotalRow[] {
  const summary = invoice.tax_summary;
  const including = statedAmount(invoice.invoice_amount_including_tax)
    ? figures.money(invoice.invoice_amount_including_tax, 'invoice_amount_including_tax')
    : figures.money(summary?.total_amount, 'tax_summary.total_amount');
  const rows: [string, Printed | null, TotalRow['weight']][] = [
    [labels.totalExcludingTax, figures.money(summary?.base_amount, 'tax_summary.base_amount'), 'plain'],
    [labels.totalTax, figures.money(summary?.tax_amount, 'tax_summary.tax_amount'), 'plain'],
    [labels.totalIncludingTax, including, 'total'],
    [labels.paid, unlessZero(invoice.paid_invoice_amount, 'paid_invoice_amount', figures), 'plain'],
    [labels.settled, unlessZero(invoice.closed_invoice_amount, 'closed_invoice_amount', figures), 'plain'],
    [labels.rounding, roundingDifference(invoice, figures), 'plain'],
    [labels.amountDue, figures.money(invoice.open_invoice_amount, 'open_invoice_amount'), 'due'],
  ];
  return rows.flatMap(([label, value, weight]) => (value ? [{ label: ours(label), value, weight }] : []));
}

type MaybeAmount = InvoiceDocument['open_invoice_amount'];

function unlessZero(amount: MaybeAmount, field: string, figures: Figures): Printed | null {
  return valueOf(amount)?.isZero() ? null : figures.money(amount, field);
}

/** What is open beyond total − paid − settled: documents round what is payable. A credit may state it with either sign. */
function roundingDifference(invoice: InvoiceDocument, figures: Figures): Printed | null {
  const open = statedAmount(invoice.open_invoice_amount);
  const total = valueOf(invoice.invoice_amount_including_tax);
  const due = valueOf(invoice.open_invoice_amount);
  if (!open || !total || !due) return null;
  const parts = [invoice.paid_invoice_amount, invoice.closed_invoice_amount].map((part) => valueOf(part) ?? decimal(0));
  const explained = parts.reduce((sum, part) => sum.minus(part), total);
  const difference = due.minus(explained);
  if (difference.isZero() || due.abs().equals(explained.abs())) return null;
  return figures.money({ quantity: toQuantity(difference, open.currency), currency: open.currency }, 'rounding');
}

function valueOf(amount: MaybeAmount) {
  const stated = statedAmount(amount);
  return stated && isQuantity(stated.quantity) ? decimal(stated.quantity) : null;
}
