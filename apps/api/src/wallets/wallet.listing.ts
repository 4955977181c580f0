import { defineListing } from '../http/listing.js';
import { WALLET_STATUSES } from '../wallet-types/wallet-type.wire.js';

export const walletListing = defineListing({
  table: 'wallet',
  anyOf: { 'statuses[]': 'status' },
  fields: {
    id: { sql: 'id', kind: 'text', filter: true },
    reference: { sql: 'reference', kind: 'text', nullable: true, filter: true, order: true },
    customer_id: { sql: 'customer_id', kind: 'text', filter: true },
    wallet_type_id: { sql: 'wallet_type_id', kind: 'text', filter: true },
    status: { sql: 'status', kind: 'text', order: true, values: WALLET_STATUSES },
    created_at: { sql: 'created_at', kind: 'time', filter: true, order: true },
    updated_at: { sql: 'updated_at', kind: 'time', filter: true, order: true },
  },
});
