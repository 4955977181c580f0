import { type Amount, amount, decimal } from '#kernel/amount';
import { type InvoiceDocument, isCredit, type PaymentStatus } from './invoice-document.js';

type Quantity = ReturnType<typeof decimal>;

/**
 * Completes what the caller left out: total, open and paid amounts, `payment_status`, `paid`. What he stated stays as it
 * is, also where it does not add up (payable amounts are rounded in real invoices, prepaid ones have no payment; e.66).
 *
 * @param stated fields that the caller wrote just now; of amounts that depend on each other these are believed, the
 *   others follow them (`paid: true` alone closes the open amount).
 * @param before the invoice as it is stored: what was paid and closed stays so where the caller does not say otherwise, and
 *   a total or closed amount that changed moves the open one by the difference. Null for a new invoice.
 */
export function completeAmounts(
  written: InvoiceDocument,
  stated: ReadonlySet<string>,
  before: InvoiceDocument | null = null,
): InvoiceDocument {
  const document = withStored(withoutOldTotal(written, stated, before), before);
  const total = totalOf(document);
  if (!total) return { ...document, ...statusFields(document, stated, document.paid ? 'PAID' : 'UNPAID', false) };
  const currency = total.currency;
  const size = decimal(total.quantity);
  const closed = quantityOf(document.closed_invoice_amount);
  const settled = settledAsStated(document, stated);
  const paid = paidQuantity(document, stated, settled, size.minus(closed));
  const moved = before && openMoved(before, size.minus(closed));
  const open = openQuantity(document, stated, settled, moved, size.minus(closed).minus(paid));
  return {
    ...document,
    billing_currency: document.billing_currency ?? currency,
    invoice_amount_including_tax: document.invoice_amount_including_tax ?? total,
    paid_invoice_amount: keep(document.paid_invoice_amount, paid, currency),
    open_invoice_amount: keep(document.open_invoice_amount, open, currency),
    closed_invoice_amount: document.closed_invoice_amount ?? amount(closed, currency),
    ...statusFields(
      document,
      stated,
      settled ?? paymentStatus(open, paid, size, document.type),
      hasMoved(before, open),
    ),
  };
}

/** The document after `delta` more has been paid (negative: a payment was taken back), in the invoice's currency. */
export function movePaid(document: InvoiceDocument, delta: Quantity): InvoiceDocument {
  return moved(document, delta, 'paid_invoice_amount');
}

/** The document after `delta` more has been closed by other means than payment, a credit (negative: it was taken back). */
export function moveClosed(document: InvoiceDocument, delta: Quantity): InvoiceDocument {
  return moved(document, delta, 'closed_invoice_amount');
}

function moved(
  document: InvoiceDocument,
  delta: Quantity,
  counterpart: 'paid_invoice_amount' | 'closed_invoice_amount',
): InvoiceDocument {
  const total = totalOf(document);
  const currency = total?.currency ?? document.billing_currency ?? 'EUR';
  const open = quantityOf(document.open_invoice_amount).minus(delta);
  const other = quantityOf(document[counterpart]).plus(delta);
  const paid = counterpart === 'paid_invoice_amount' ? other : quantityOf(document.paid_invoice_amount);
  const status = paymentStatus(open, paid, decimal(total?.quantity ?? '0'), document.type);
  return {
    ...document,
    open_invoice_amount: amount(open, currency),
    [counterpart]: amount(other, currency),
    payment_status: status,
    paid: isPaidStatus(status),
  };
}

/** The total as stated, else from the tax summary, else the sum of the periods or their lines; null when none is there. */
export function totalOf(document: InvoiceDocument): Amount | null {
  const stated = document.invoice_amount_including_tax ?? document.tax_summary?.total_amount;
  if (stated) return stated;
  const parts = (document.periods ?? []).flatMap((period) =>
    period.amount_including_tax
      ? [period.amount_including_tax]
      : (period.groups ?? []).flatMap((group) =>
          (group.lines ?? []).flatMap((line) => (line.amount_including_tax ? [line.amount_including_tax] : [])),
        ),
  );
  const [first] = parts;
  if (!first) return null;
  return amount(
    parts.reduce((sum, part) => sum.plus(part.quantity), decimal('0')),
    first.currency,
  );
}

function quantityOf(stated: Amount | null | undefined): Quantity {
  return decimal(stated?.quantity ?? '0');
}

function keep(stated: Amount | null | undefined, value: Quantity, currency: string): Amount {
  return stated && decimal(stated.quantity).eq(value) ? stated : amount(value, currency);
}

/** A total that was added up from lines follows them when they are written anew. */
function withoutOldTotal(
  document: InvoiceDocument,
  stated: ReadonlySet<string>,
  before: InvoiceDocument | null,
): InvoiceDocument {
  const { invoice_amount_including_tax: total, ...rest } = before ?? {};
  if (!total || stated.has('invoice_amount_including_tax')) return document;
  const wasAddedUp = totalOf(rest)?.quantity === total.quantity;
  return wasAddedUp ? { ...document, invoice_amount_including_tax: undefined } : document;
}

/** What a document handed over whole leaves out of what is known of its settlement. */
function withStored(document: InvoiceDocument, before: InvoiceDocument | null): InvoiceDocument {
  const paid = document.paid_invoice_amount ?? before?.paid_invoice_amount;
  const closed = document.closed_invoice_amount ?? before?.closed_invoice_amount;
  return {
    ...document,
    ...(paid ? { paid_invoice_amount: paid } : {}),
    ...(closed ? { closed_invoice_amount: closed } : {}),
  };
}

/** What was open, moved by as much as total and closed amount have; null when nothing was known to be open. */
function openMoved(before: InvoiceDocument, payable: Quantity): Quantity | null {
  const total = totalOf(before);
  if (!before.open_invoice_amount || !total) return null;
  const was = decimal(total.quantity).minus(quantityOf(before.closed_invoice_amount));
  return quantityOf(before.open_invoice_amount).plus(payable.minus(was));
}

function hasMoved(before: InvoiceDocument | null, open: Quantity): boolean {
  return before?.open_invoice_amount != null && !open.eq(before.open_invoice_amount.quantity);
}

/** PAID or UNPAID when the caller said so in words just now and gave no amounts with it. */
function settledAsStated(document: InvoiceDocument, stated: ReadonlySet<string>): 'PAID' | 'UNPAID' | null {
  if (stated.has('open_invoice_amount') || stated.has('paid_invoice_amount')) return null;
  if (stated.has('payment_status') && document.payment_status) {
    if (document.payment_status === 'PAID' || document.payment_status === 'UNPAID') return document.payment_status;
    return null;
  }
  if (stated.has('paid') && document.paid != null) return document.paid ? 'PAID' : 'UNPAID';
  return null;
}

function paidQuantity(
  document: InvoiceDocument,
  stated: ReadonlySet<string>,
  settled: 'PAID' | 'UNPAID' | null,
  payable: Quantity,
): Quantity {
  if (settled) return settled === 'PAID' ? payable : decimal('0');
  if (document.paid_invoice_amount && (stated.has('paid_invoice_amount') || !stated.has('open_invoice_amount'))) {
    return quantityOf(document.paid_invoice_amount);
  }
  if (document.open_invoice_amount) return payable.minus(document.open_invoice_amount.quantity);
  return decimal('0');
}

function openQuantity(
  document: InvoiceDocument,
  stated: ReadonlySet<string>,
  settled: 'PAID' | 'UNPAID' | null,
  moved: Quantity | null,
  derived: Quantity,
): Quantity {
  if (settled) return settled === 'PAID' ? decimal('0') : derived;
  if (document.open_invoice_amount && stated.has('open_invoice_amount'))
    return quantityOf(document.open_invoice_amount);
  return stated.has('paid_invoice_amount') ? derived : (moved ?? derived);
}

function paymentStatus(open: Quantity, paid: Quantity, total: Quantity, type: string | undefined): PaymentStatus {
  if (isCredit(type) || total.isNegative()) return open.isZero() ? 'PAID' : 'UNPAID';
  if (open.isNegative()) return 'OVERPAID';
  if (open.isZero()) return 'PAID';
  return paid.greaterThan(0) ? 'PARTIALLY_PAID' : 'UNPAID';
}

const MOVES_STATUS = ['paid', 'open_invoice_amount', 'paid_invoice_amount', 'closed_invoice_amount'];

function statusFields(
  document: InvoiceDocument,
  stated: ReadonlySet<string>,
  derived: PaymentStatus,
  openMoved: boolean,
): Pick<InvoiceDocument, 'payment_status' | 'paid'> {
  const moved = (openMoved || MOVES_STATUS.some((field) => stated.has(field))) && !stated.has('payment_status');
  const status = moved ? derived : (document.payment_status ?? derived);
  const saysPaid = stated.has('paid') && document.paid != null;
  return { payment_status: status, paid: saysPaid ? document.paid : isPaidStatus(status) };
}

function isPaidStatus(status: PaymentStatus): boolean {
  return status === 'PAID' || status === 'OVERPAID';
}
