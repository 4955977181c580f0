import { defineListing } from '../http/listing.js';

export const auditRecordListing = defineListing({
  table: 'audit_record',
  softDeleted: false,
  fields: {
    id: { sql: 'id', kind: 'text', filter: true },
    user_id: { sql: 'user_id', kind: 'text', nullable: true, filter: true },
    target_entity_id: { sql: 'target_entity_id', kind: 'text', filter: true },
    target_id: { sql: 'target_id', kind: 'text', filter: true },
    target_type: { sql: 'target_type', kind: 'text', filter: true },
    action: { sql: 'action', kind: 'text', filter: true },
    created_at: { sql: 'created_at', kind: 'time', filter: true, order: true },
  },
});
