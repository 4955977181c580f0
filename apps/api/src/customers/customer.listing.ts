import { defineListing } from '../http/listing.js';
import { CUSTOMER_STATUSES, CUSTOMER_TYPES } from './customer.wire.js';

export const customerListing = defineListing({
  table: 'customer',
  customFields: true,
  anyOf: { 'statuses[]': 'status' },
  fields: {
    id: { sql: 'id', kind: 'text', filter: true },
    reference: { sql: 'reference', kind: 'text', nullable: true, filter: true, order: true, text: true },
    email: { sql: 'email', kind: 'text', nullable: true, filter: true, order: true, text: true },
    status: { sql: 'status', kind: 'text', filter: true, order: true, values: CUSTOMER_STATUSES },
    type: { sql: `document->>'type'`, kind: 'text', nullable: true, filter: true, values: CUSTOMER_TYPES },
    legal_name: { sql: `document#>>'{organization,legal_name}'`, kind: 'text', nullable: true, text: true },
    created_at: { sql: 'created_at', kind: 'time', filter: true, order: true },
    updated_at: { sql: 'updated_at', kind: 'time', filter: true, order: true },
  },
});
