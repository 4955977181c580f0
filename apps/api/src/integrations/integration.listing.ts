import { defineListing } from '../http/listing.js';
import { INTEGRATION_STATUSES, INTEGRATION_TYPES } from './integration.wire.js';

export const integrationListing = defineListing({
  table: 'integration',
  anyOf: { 'statuses[]': 'status' },
  fields: {
    id: { sql: 'id', kind: 'text', filter: true },
    reference: { sql: 'reference', kind: 'text', nullable: true, filter: true, order: true },
    name: { sql: `document->>'name'`, kind: 'text', nullable: true, filter: true, order: true },
    type: { sql: 'type', kind: 'text', filter: true, order: true, values: INTEGRATION_TYPES },
    status: { sql: 'status', kind: 'text', filter: true, order: true, values: INTEGRATION_STATUSES },
    created_at: { sql: 'created_at', kind: 'time', filter: true, order: true },
    updated_at: { sql: 'updated_at', kind: 'time', filter: true, order: true },
  },
});
