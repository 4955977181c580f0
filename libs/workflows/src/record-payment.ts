import { movePaid } from '#billing/invoices/invoice-amounts';
import { type InvoiceRow, lockInvoice } from '#billing/invoices/invoice.repository';
import { type InvoiceChange, writeInvoice } from '#billing/invoices/write-invoice';
import { type PaymentDocument } from '#billing/mail-facts';
import { paidBy } from '#billing/payments/payment-effect';
import { insertPayment, isRecorded, type PaymentRow, paymentState } from '#billing/payments/payment.repository';
import { zonesOf } from '#billing/zones';
import { databaseTime } from '#database/database-time';
import { type Transaction } from '#database/database';
import { DomainError } from '#kernel/errors';
import { shareLock } from './data/platform-lock.js';
import { recordConsequences } from './record-consequences.js';
import { recordInvoiceConsequences } from './record-invoice.js';

export interface NewPayment {
  platformId: string;
  /** The reference's Payment as the client wrote it. */
  document: PaymentDocument;
  /** `record_only`: starts nothing. */
  starts: boolean;
}

/**
 * Records a payment with all that follows, in the caller's transaction: the invoice's open amount and payment status move by
 * the payment's amount, workflows start. The invoice is locked before the payment exists (rule 5). The same result of the
 * same external payment over the same amount is recorded again without moving the invoice twice.
 *
 * @throws DomainError for an unknown invoice or a currency that is not the invoice's.
 */
export async function recordPayment(
  tx: Transaction,
  { platformId, document, starts }: NewPayment,
): Promise<PaymentRow> {
  await shareLock(tx, platformId);
  const invoice = await lockPaidInvoice(tx, platformId, document);
  const known = invoice !== null && (await isRecorded(tx, platformId, document));
  const customerId = typeof document.customer_id === 'string' ? document.customer_id : (invoice?.customerId ?? null);
  const payment = await insertPayment(tx, platformId, customerId, document);
  if (invoice && !known) {
    const change = await moveInvoice(tx, invoice, document);
    if (change) await recordInvoiceConsequences(tx, change, { starts });
  }
  const change = { type: 'PAYMENT', before: null, after: paymentState(payment), at: await databaseTime(tx) } as const;
  await recordConsequences(tx, change, await zonesOf(tx, platformId, customerId), { starts });
  return payment;
}

/** The invoice that the payment is for, locked; null when it is for none. */
async function lockPaidInvoice(
  tx: Transaction,
  platformId: string,
  document: PaymentDocument,
): Promise<InvoiceRow | null> {
  const id = document.invoice_id ?? null;
  if (id === null) return null;
  const invoice = await lockInvoice(tx, platformId, id);
  if (!invoice) throw DomainError.unknownReference('INVOICE', id, 'invoice_id');
  checkCurrency(invoice, document);
  return invoice;
}

async function moveInvoice(
  tx: Transaction,
  invoice: InvoiceRow,
  payment: PaymentDocument,
): Promise<InvoiceChange | null> {
  const delta = paidBy(payment.result ?? '', payment.amount);
  if (delta.isZero()) return null;
  const document = movePaid(invoice.document, delta);
  const stated = new Set(['open_invoice_amount', 'paid_invoice_amount', 'payment_status', 'paid']);
  return writeInvoice(tx, invoice, {
    platformId: invoice.platformId,
    id: invoice.id,
    document,
    stated,
    sourceSha256: null,
  });
}

function checkCurrency({ currency }: InvoiceRow, { amount }: PaymentDocument): void {
  if (!currency || !amount || amount.currency === currency) return;
  throw DomainError.invalidField(
    'amount.currency',
    `The invoice is in ${currency}; a payment in ${amount.currency} cannot be counted on it.`,
  );
}
