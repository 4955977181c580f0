import { type Transaction } from '#database/database';
import { sql } from '#database/statement';
import { DomainError } from '#kernel/errors';
import { type JsonObject, textOf } from '../resources/merge-patch.js';
import { refuseWhileNamed } from '../resources/refuse-while-named.js';
import { deleteResource, lockResource, type ResourceTable, type RowOf } from '../resources/resource-table.js';

export const paymentAcceptorTable = {
  table: 'payment_acceptor',
  resourceType: 'PAYMENT_ACCEPTOR',
  idKind: 'paymentAcceptor',
  columns: { status: 'status', type: 'type', billingEntityId: 'billing_entity_id', customerId: 'customer_id' },
  columnsOf: (document: JsonObject) => ({
    status: textOf(document, 'status') ?? 'ACTIVE',
    type: textOf(document, 'type'),
    billingEntityId: textOf(document, 'billing_entity_id'),
    customerId: textOf(document, 'customer_id'),
  }),
} as const satisfies ResourceTable;

export type PaymentAcceptorRow = RowOf<typeof paymentAcceptorTable>;

/**
 * @returns the payment acceptor as it was.
 * @throws DomainError RESOURCE_NOT_FOUND, and INVALID_OPERATION while an invoice that is still to be paid names it (e.71).
 */
export async function deletePaymentAcceptor(
  tx: Transaction,
  platformId: string,
  id: string,
): Promise<PaymentAcceptorRow> {
  const row = await lockResource(tx, paymentAcceptorTable, platformId, { id });
  if (!row) throw DomainError.notFound('PAYMENT_ACCEPTOR', id);
  await refuseWhileNamed(tx, { resourceType: 'PAYMENT_ACCEPTOR', id }, [
    [
      'invoice',
      sql`SELECT id FROM invoice
           WHERE platform_id = ${platformId} AND status = 'FINAL' AND open_amount > 0
             AND document->'payment_acceptor_ids' @> ${JSON.stringify([id])}::text::jsonb LIMIT 1`,
    ],
  ]);
  await deleteResource(tx, paymentAcceptorTable, row);
  return row;
}
