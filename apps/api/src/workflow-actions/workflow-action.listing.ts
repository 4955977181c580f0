import { ACTION_TYPES } from '#actions/types';
import { STATUSES } from '#workflows/domain/workflow-status';
import { defineListing, MAX_LIMIT } from '../http/listing.js';

export const workflowActionListing = defineListing({
  table: 'workflow_action',
  // The contract answers a bare array: a caller who states no limit expects them all.
  defaultLimit: MAX_LIMIT,
  anyOf: { 'statuses[]': 'status' },
  fields: {
    workflow_id: { sql: 'workflow_id', kind: 'text', filter: true },
    type: { sql: 'type', kind: 'text', order: true, filter: true, values: ACTION_TYPES.map(({ name }) => name) },
    status: { sql: 'status', kind: 'text', order: true, values: STATUSES },
    created_at: { sql: 'created_at', kind: 'time', order: true },
    updated_at: { sql: 'updated_at', kind: 'time', order: true },
  },
});
