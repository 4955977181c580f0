import { type Payment, type Transaction } from '#database/database';
import { type PaymentState } from '../billing-state.js';
import { type PaymentDocument } from '../mail-facts.js';

/** A payment as it is stored: typed columns and the whole document. */
export type PaymentRow = Omit<Payment, 'document'> & { document: PaymentDocument };

export async function findPayment(tx: Transaction, platformId: string, id: string): Promise<PaymentRow | null> {
  const row = await tx.payment.findUnique({ where: { platformId_id: { platformId, id } } });
  return row && toPaymentRow(row);
}

/** @param row as Prisma reads it, with an untyped document. */
export function toPaymentRow(row: Payment): PaymentRow {
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
