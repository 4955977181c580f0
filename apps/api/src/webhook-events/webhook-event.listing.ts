import { defineListing } from '../http/listing.js';
import { WEBHOOK_EVENT_STATUSES } from './webhook-event.wire.js';

export const webhookEventListing = defineListing({
  table: 'webhook_event',
  softDeleted: false,
  anyOf: { 'statuses[]': 'status' },
  fields: {
    id: { sql: 'id', kind: 'text', filter: true },
    webhook_id: { sql: 'webhook_id', kind: 'text', filter: true },
    resource_id: { sql: 'resource_id', kind: 'text', filter: true },
    type: { sql: 'type', kind: 'text', filter: true },
    status: { sql: 'status', kind: 'text', filter: true, values: WEBHOOK_EVENT_STATUSES },
    created_at: { sql: 'created_at', kind: 'time', filter: true, order: true },
  },
});
