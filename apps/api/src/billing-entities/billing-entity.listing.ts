import { defineListing, MAX_LIMIT } from '../http/listing.js';

/** The contract does not page this list: a page is as large as possible, and says when there is more. */
export const billingEntityListing = defineListing({
  table: 'billing_entity',
  customFields: true,
  defaultLimit: MAX_LIMIT,
  fields: {
    id: { sql: 'id', kind: 'text', filter: true },
    reference: { sql: 'reference', kind: 'text', nullable: true, filter: true, order: true },
    status: { sql: 'status', kind: 'text', filter: true, order: true },
    created_at: { sql: 'created_at', kind: 'time', filter: true, order: true },
    updated_at: { sql: 'updated_at', kind: 'time', filter: true, order: true },
  },
});
