import { defineListing } from '../http/listing.js';

export const contactListing = defineListing({
  table: 'contact',
  customFields: true,
  fields: {
    id: { sql: 'id', kind: 'text', filter: true },
    customer_id: { sql: 'customer_id', kind: 'text', nullable: true, filter: true },
    reference: { sql: 'reference', kind: 'text', nullable: true, filter: true, order: true },
    email: { sql: 'email', kind: 'text', nullable: true, filter: true, order: true },
    created_at: { sql: 'created_at', kind: 'time', filter: true, order: true },
    updated_at: { sql: 'updated_at', kind: 'time', filter: true, order: true },
  },
});
