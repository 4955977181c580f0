import { type JsonObject, textOf } from '../resources/merge-patch.js';
import { type ResourceTable, type RowOf } from '../resources/resource-table.js';

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
