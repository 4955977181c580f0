import { defineListing, MAX_LIMIT } from '../http/listing.js';
import { pageOf } from '../http/pages.js';
import { SCHEDULE_TYPES, scheduleResponse } from './pricing-plan-schedule.wire.js';

/** The contract does not page this list: a page is as large as possible, and says when there is more. */
export const scheduleListing = defineListing({
  table: 'pricing_plan_schedule',
  defaultLimit: MAX_LIMIT,
  fields: {
    id: { sql: 'id', kind: 'text', filter: true },
    pricing_plan_subscription_id: { sql: 'subscription_id', kind: 'text', nullable: true, filter: true },
    type: { sql: 'type', kind: 'text', filter: true, values: SCHEDULE_TYPES },
    created_at: { sql: 'created_at', kind: 'time', filter: true, order: true },
  },
});

export const schedulePage = pageOf(scheduleResponse, 'PricingPlanScheduleResponseWrapper');
