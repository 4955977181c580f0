import { defineListing, MAX_LIMIT } from '../http/listing.js';
import { PAYMENT_ACCEPTOR_STATUSES, PAYMENT_ACCEPTOR_TYPES } from './payment-acceptor.wire.js';

/** The contract does not page this list: a page is as large as possible, and says when there is more. */
export const paymentAcceptorListing = defineListing({
  table: 'payment_acceptor',
  defaultLimit: MAX_LIMIT,
  anyOf: { 'statuses[]': 'status' },
  fields: {
    id: { sql: 'id', kind: 'text', filter: true },
    billing_entity_id: { sql: 'billing_entity_id', kind: 'text', nullable: true, filter: true },
    customer_id: { sql: 'customer_id', kind: 'text', nullable: true, filter: true },
    reference: { sql: 'reference', kind: 'text', nullable: true, filter: true, order: true },
    type: { sql: 'type', kind: 'text', nullable: true, filter: true, values: PAYMENT_ACCEPTOR_TYPES },
    status: { sql: 'status', kind: 'text', filter: true, order: true, values: PAYMENT_ACCEPTOR_STATUSES },
    created_at: { sql: 'created_at', kind: 'time', filter: true, order: true },
    updated_at: { sql: 'updated_at', kind: 'time', filter: true, order: true },
  },
});
