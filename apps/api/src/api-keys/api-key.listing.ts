import { defineListing } from '../http/listing.js';

export const apiKeyListing = defineListing({
  table: 'api_key',
  fields: {
    id: { sql: 'id', kind: 'text', filter: true },
    active: { sql: `(status = 'ACTIVE')`, kind: 'boolean', filter: true },
    status: { sql: 'status', kind: 'text', filter: true, order: true },
    role_type: { sql: 'role_type', kind: 'text', filter: true, order: true },
    description: { sql: 'description', kind: 'text', nullable: true, filter: true, order: true },
    created_at: { sql: 'created_at', kind: 'time', filter: true, order: true },
    updated_at: { sql: 'updated_at', kind: 'time', filter: true, order: true },
  },
});
