import { type Payment, type Prisma, type Transaction } from '#database/database';
import { recordChange } from '#journal/record-change';
import { newId } from '#kernel/ids';
import { toWireTime } from '#kernel/local-time';
import { type PaymentState } from '../billing-state.js';
import { type PaymentDocument } from '../mail-facts.js';

/** A payment as it is stored: typed columns and the whole document. */
export type PaymentRow = Omit<Payment, 'document'> & { document: PaymentDocument };

export async function findPayment(tx: Transaction, platformId: string, id: string): Promise<PaymentRow | null> {
  const row = await tx.payment.findUnique({ where: { platformId_id: { platformId, id } } });
  return row && toPaymentRow(row);
}

/** @param row as Prisma reads it, with an untyped document. */
function toPaymentRow(row: Payment): PaymentRow {
  return { ...row, document: row.document as unknown as PaymentDocument };
}

/** The columns that workflows match on. */
export function paymentState(row: PaymentRow): PaymentState {
  return {
    platformId: row.platformId,
    id: row.id,
    customerId: row.customerId,
    invoiceId: row.invoiceId,
    result: row.result,
    contextType: row.document.context?.type ?? null,
  };
}

/** Stores a new payment. `document` is kept as the client wrote it. */
export async function insertPayment(
  tx: Transaction,
  platformId: string,
  customerId: string | null,
  document: PaymentDocument,
): Promise<PaymentRow> {
  const text = (value: unknown) => (typeof value === 'string' ? value : null);
  const row = await tx.payment.create({
    data: {
      platformId,
      id: newId('payment'),
      customerId,
      invoiceId: document.invoice_id ?? null,
      reference: text(document.reference),
      externalReference: text(document.external_reference),
      result: document.result ?? 'PENDING',
      amount: document.amount?.quantity ?? null,
      currency: document.amount?.currency ?? null,
      document: document as Prisma.InputJsonObject,
    },
  });
  const payment = toPaymentRow(row);
  await journalPayment(tx, payment);
  return payment;
}

async function journalPayment(tx: Transaction, row: PaymentRow): Promise<void> {
  const { platformId, id, customerId, document, createdAt, updatedAt } = row;
  const times = { created_at: toWireTime(createdAt), updated_at: toWireTime(updatedAt) };
  const after = { object_type: 'PAYMENT', id, ...document, customer_id: customerId, ...times };
  await recordChange(tx, {
    platformId,
    resourceType: 'PAYMENT',
    resourceId: id,
    verb: 'CREATED',
    before: null,
    after,
  });
}

/** Whether this result of this external payment, over this amount, has been recorded for the invoice before. */
export async function isRecorded(tx: Transaction, platformId: string, document: PaymentDocument): Promise<boolean> {
  if (typeof document.external_reference !== 'string' || !document.amount) return false;
  const found = await tx.payment.findFirst({
    where: {
      platformId,
      invoiceId: document.invoice_id ?? null,
      externalReference: document.external_reference,
      result: document.result ?? 'PENDING',
      amount: document.amount.quantity,
    },
    select: { id: true },
  });
  return found !== null;
}

/** Rows of these ids, in no order. */
export async function paymentsByIds(tx: Transaction, platformId: string, ids: string[]): Promise<PaymentRow[]> {
  return (await tx.payment.findMany({ where: { platformId, id: { in: ids } } })).map(toPaymentRow);
}
