import { defineListing } from '../http/listing.js';

export const webhookListing = defineListing({
  table: 'webhook',
  fields: {
    id: { sql: 'id', kind: 'text', filter: true },
    reference: { sql: 'reference', kind: 'text', nullable: true, filter: true, order: true },
    name: { sql: 'name', kind: 'text', nullable: true, filter: true, order: true },
    active: { sql: `(status = 'ACTIVE')`, kind: 'boolean', filter: true },
    created_at: { sql: 'created_at', kind: 'time', filter: true, order: true },
    updated_at: { sql: 'updated_at', kind: 'time', filter: true, order: true },
  },
});
