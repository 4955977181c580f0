import { ACTION_TYPES } from '#actions/types';
import { defineListing } from '../http/listing.js';
import { EXECUTION_STATUSES, storedStates } from './execution.wire.js';

export const executionListing = defineListing({
  table: 'workflow_action_execution',
  softDeleted: false,
  anyOf: { 'statuses[]': 'status' },
  fields: {
    id: { sql: 'id', kind: 'text', filter: true },
    workflow_id: { sql: 'workflow_id', kind: 'text', filter: true },
    workflow_action_id: { sql: 'action_id', kind: 'text', filter: true },
    workflow_trigger_id: { sql: 'trigger_id', kind: 'text', filter: true },
    customer_id: { sql: 'customer_id', kind: 'text', nullable: true, filter: true },
    invoice_id: { sql: 'invoice_id', kind: 'text', nullable: true, filter: true },
    payment_id: { sql: 'payment_id', kind: 'text', nullable: true, filter: true },
    pricing_plan_subscription_id: { sql: 'subscription_id', kind: 'text', nullable: true, filter: true },
    pricing_plan_schedule_id: { sql: 'schedule_id', kind: 'text', nullable: true, filter: true },
    wallet_id: { sql: 'wallet_id', kind: 'text', nullable: true, filter: true },
    type: { sql: 'action_type', kind: 'text', filter: true, values: ACTION_TYPES.map(({ name }) => name) },
    status: { sql: 'state', kind: 'text', order: true, filter: true, values: EXECUTION_STATUSES, stored: storedStates },
    reason: { sql: 'reason', kind: 'text', nullable: true, filter: true },
    subject: { sql: 'subject', kind: 'text', nullable: true, text: true },
    reason_message: { sql: 'reason_message', kind: 'text', nullable: true, text: true },
    due_at: { sql: 'due_at', kind: 'time', order: true, filter: true },
    created_at: { sql: 'created_at', kind: 'time', order: true, filter: true },
    finished_at: { sql: 'finished_at', kind: 'time', nullable: true, order: true, filter: true },
  },
});
