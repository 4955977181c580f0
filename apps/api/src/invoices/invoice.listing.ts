import { INVOICE_STATUSES } from '#billing/invoices/invoice-rules';
import { defineListing } from '../http/listing.js';
import { INVOICE_TYPES } from './invoice.wire.js';

export const invoiceListing = defineListing({
  table: 'invoice',
  softDeleted: false,
  customFields: true,
  anyOf: { 'statuses[]': 'status' },
  fields: {
    id: { sql: 'id', kind: 'text', filter: true },
    invoice_number: { sql: 'invoice_number', kind: 'text', nullable: true, filter: true, order: true, text: true },
    customer_id: { sql: 'customer_id', kind: 'text', nullable: true, filter: true },
    billing_entity_id: { sql: 'billing_entity_id', kind: 'text', nullable: true, filter: true },
    status: { sql: 'status', kind: 'text', filter: true, order: true, values: INVOICE_STATUSES },
    type: { sql: 'type', kind: 'text', filter: true, values: INVOICE_TYPES },
    payment_status: { sql: 'payment_status', kind: 'text', nullable: true, filter: true },
    paid: { sql: `coalesce((document->>'paid')::boolean, false)`, kind: 'boolean', filter: true },
    on_hold: { sql: 'on_hold', kind: 'boolean', filter: true },
    pricing_plan_subscription_id: {
      sql: `(document->'pricing_plan_subscription_ids')`,
      kind: 'text',
      list: true,
      filter: true,
    },
    invoice_date: { sql: 'invoice_date', kind: 'time', nullable: true, filter: true, order: true },
    due_date: { sql: 'due_date', kind: 'time', nullable: true, filter: true, order: true },
    invoice_amount_including_tax: { sql: 'total_amount', kind: 'number', nullable: true, order: true },
    created_at: { sql: 'created_at', kind: 'time', filter: true, order: true },
    updated_at: { sql: 'updated_at', kind: 'time', filter: true, order: true },
  },
});
