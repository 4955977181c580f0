import { defineListing } from '../http/listing.js';
import { SUBSCRIPTION_KINDS, SUBSCRIPTION_STATUSES, SUBSCRIPTION_TYPES } from './pricing-plan-subscription.wire.js';

/** Static text of ours: a field of the document. */
const stated = (path: string) => ({ sql: `(document #>> '{${path}}')`, kind: 'text', nullable: true }) as const;

export const subscriptionListing = defineListing({
  table: 'pricing_plan_subscription',
  customFields: true,
  anyOf: { 'statuses[]': 'status' },
  fields: {
    id: { sql: 'id', kind: 'text', filter: true },
    customer_id: { sql: 'customer_id', kind: 'text', nullable: true, filter: true },
    pricing_plan_subscription_group_id: { ...stated('pricing_plan_subscription_group_id'), filter: true },
    reference: { sql: 'reference', kind: 'text', nullable: true, filter: true, order: true, text: true },
    name: { ...stated('name'), text: true },
    pricing_plan_name: { sql: 'plan_name', kind: 'text', nullable: true, order: true, text: true },
    billing_currency: { ...stated('billing_currency'), order: true },
    billing_period: { ...stated('billing_period,type'), order: true },
    type: { sql: 'type', kind: 'text', filter: true, order: true, values: SUBSCRIPTION_TYPES },
    variant: { sql: 'variant', kind: 'text', filter: true, values: SUBSCRIPTION_KINDS },
    status: { sql: 'status', kind: 'text', filter: true, values: SUBSCRIPTION_STATUSES },
    start_at: { sql: 'start_at', kind: 'time', nullable: true, filter: true, order: true },
    created_at: { sql: 'created_at', kind: 'time', filter: true, order: true },
    updated_at: { sql: 'updated_at', kind: 'time', filter: true, order: true },
  },
});
