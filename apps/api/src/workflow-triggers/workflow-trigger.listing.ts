import { Prisma } from '#database/database';
import { defineListing, type ListQuery } from '../http/listing.js';
import { type SearchRequest } from '../http/listing-search.js';
import { ALL_VARIANTS } from '../workflows/workflow.listing.js';
import { TRIGGER_TYPES } from './workflow-trigger.wire.js';

/** Filters by the object of a run; its kind is a second condition, since ids that clients bring may be equal across kinds. */
const KIND_OF_FILTER: Record<string, string> = { invoice_id: 'INVOICE', payment_id: 'PAYMENT', wallet_id: 'WALLET' };

/** Static text of ours: an id that the payload holds. */
const inPayload = (name: string) =>
  ({ sql: `(payload ->> '${name}')`, kind: 'text', nullable: true, filter: true }) as const;

export const workflowTriggerListing = defineListing({
  table: 'workflow_trigger',
  softDeleted: false,
  fields: {
    id: { sql: 'id', kind: 'text', filter: true },
    workflow_id: { sql: 'workflow_id', kind: 'text', filter: true },
    customer_id: { sql: 'customer_id', kind: 'text', nullable: true, filter: true },
    type: { sql: 'type', kind: 'text', order: true, filter: true, values: TRIGGER_TYPES },
    variant: { sql: 'variant', kind: 'text', filter: true, values: ALL_VARIANTS },
    invoice_id: { sql: 'resource_id', kind: 'text', filter: true },
    payment_id: { sql: 'resource_id', kind: 'text', filter: true },
    pricing_plan_subscription_id: inPayload('pricing_plan_subscription_id'),
    pricing_plan_schedule_id: inPayload('pricing_plan_schedule_id'),
    wallet_id: { sql: 'resource_id', kind: 'text', filter: true },
    created_at: { sql: 'created_at', kind: 'time', order: true, filter: true },
  },
});

/** The kinds of objects that the filters of a query and a search imply. */
export function kindConditions(query: ListQuery, search?: SearchRequest): Prisma.Sql[] {
  const names = (search?.filter_fields ?? []).map(({ name }) => name);
  return Object.entries(KIND_OF_FILTER)
    .filter(([name]) => query[name] !== undefined || names.includes(name))
    .map(([, kind]) => Prisma.sql`resource_type = ${kind}`);
}
