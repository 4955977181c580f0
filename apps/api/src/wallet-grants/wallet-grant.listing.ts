import { defineListing } from '../http/listing.js';

export const walletGrantListing = defineListing({
  table: 'wallet_grant',
  fields: {
    id: { sql: 'id', kind: 'text', filter: true },
    customer_id: { sql: 'customer_id', kind: 'text', filter: true },
    wallet_id: { sql: 'wallet_id', kind: 'text', filter: true },
    created_at: { sql: 'created_at', kind: 'time', filter: true, order: true },
  },
});
