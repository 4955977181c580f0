import { defineListing } from '../http/listing.js';
import { PORTAL_URL_STATUSES, PORTAL_URL_TYPES } from './portal-url.wire.js';

const EXPIRED = `(status = 'PUBLISHED' AND expires_at IS NOT NULL AND expires_at <= now())`;

export const portalUrlListing = defineListing({
  table: 'portal_url',
  fields: {
    id: { sql: 'id', kind: 'text', filter: true },
    customer_id: { sql: 'customer_id', kind: 'text', nullable: true, filter: true },
    invoice_id: { sql: 'invoice_id', kind: 'text', nullable: true, filter: true },
    pricing_plan_subscription_id: {
      sql: `(document#>>'{init_pricing_plan_subscription,pricing_plan_subscription_id}')`,
      kind: 'text',
      nullable: true,
      filter: true,
    },
    type: { sql: 'type', kind: 'text', filter: true, order: true, values: PORTAL_URL_TYPES },
    status: {
      sql: `(CASE WHEN ${EXPIRED} THEN 'EXPIRED' ELSE status END)`,
      kind: 'text',
      filter: true,
      values: PORTAL_URL_STATUSES,
      valueSql: ofStatus,
    },
    expired: { sql: EXPIRED, kind: 'boolean', filter: true },
    created_at: { sql: 'created_at', kind: 'time', filter: true, order: true },
    updated_at: { sql: 'updated_at', kind: 'time', filter: true, order: true },
  },
});

function ofStatus(value: string): string {
  if (value === 'EXPIRED') return EXPIRED;
  return value === 'PUBLISHED' ? `(status = 'PUBLISHED' AND NOT ${EXPIRED})` : `(status = '${value}')`;
}
