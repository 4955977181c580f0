import {
  INVOICE_VARIANTS,
  PAYMENT_VARIANTS,
  SUBSCRIPTION_VARIANTS,
  WALLET_VARIANTS,
  WORKFLOW_TYPES,
} from '#workflows/domain/workflow-blocks';
import { STATUSES } from '#workflows/domain/workflow-status';
import { defineListing } from '../http/listing.js';

/** Every variant there is, whatever the type. */
export const ALL_VARIANTS = [...INVOICE_VARIANTS, ...PAYMENT_VARIANTS, ...SUBSCRIPTION_VARIANTS, ...WALLET_VARIANTS];

export const workflowListing = defineListing({
  table: 'workflow',
  softDeleted: false,
  anyOf: { 'statuses[]': 'status' },
  fields: {
    id: { sql: 'id', kind: 'text', filter: true },
    name: { sql: 'name', kind: 'text', order: true, filter: true, text: true },
    description: { sql: 'description', kind: 'text', nullable: true, text: true },
    reference: { sql: 'reference', kind: 'text', order: true, filter: true, text: true },
    type: { sql: 'type', kind: 'text', order: true, filter: true, values: WORKFLOW_TYPES },
    variant: { sql: 'variant', kind: 'text', nullable: true, filter: true, values: ALL_VARIANTS },
    status: { sql: 'status', kind: 'text', order: true, filter: true, values: STATUSES },
    created_at: { sql: 'created_at', kind: 'time', order: true, filter: true },
    updated_at: { sql: 'updated_at', kind: 'time', order: true, filter: true },
  },
});
