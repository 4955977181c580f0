import { z } from 'zod';
import { type ScheduleRow } from '#billing/subscriptions/schedule';
import { toWireTime } from '#kernel/local-time';
import { CURRENCIES } from '../wire/codes.js';
import { id, instant, kept, line, period, resourceTimes } from '../wire/fields.js';

export const SCHEDULE_TYPES = ['TRIAL', 'DEFAULT'] as const;
const list = (item: z.ZodType = kept) => z.array(item).max(10_000);

/** The fields of a schedule as its caller writes them. Of its pricing, all is kept and nothing used. */
const fields = {
  type: z.enum(SCHEDULE_TYPES).nullish().describe('A TRIAL ends at its end_at. Default: DEFAULT.'),
  pricing_plan_subscription_id: id.optional().describe('Required on create; it never changes.'),
  pricing_plan_id: id.nullish(),
  pricing_plan: z
    .looseObject({ name: line.nullish() })
    .nullish()
    .describe('Additive: the plan as mails call it, since plans are kept elsewhere.'),
  pricing_plan_version_id: id.nullish(),
  pricing_plan_version_selector: kept.optional(),
  start_at: instant.optional(),
  end_at: instant.nullish(),
  pricing_currency: z.enum(CURRENCIES).nullish(),
  billing_period: period.optional(),
  entitlements: list().nullish(),
  discount: kept.optional(),
  markup: kept.optional(),
  commitment: kept.optional(),
  promotion_codes: list(z.string().max(256)).nullish(),
  coupon_ids: list(id).nullish(),
  coupon_discount: kept.nullish(),
  coupons: list().nullish(),
  seats_values: list().nullish(),
  included_volumes: list().nullish(),
  enabled_pricings: list().nullish(),
  override_pricings: list().nullish(),
  pricing_categories: list().nullish(),
  combined_pricing_plan_version: kept.nullish(),
  realign_invoice_date_to_pricing_plan_schedule_start_at: z.boolean().nullish(),
};

export const scheduleCreateRequest = z
  .object({ ...fields, id: id.nullish().describe('A new one keeps it.') })
  .meta({ id: 'PricingPlanScheduleCreateRequest' });
/** Everything that a stored schedule may say. */
export const scheduleDocument = z.object(fields);
export const scheduleUpdateRequest = scheduleDocument.partial().meta({ id: 'PricingPlanScheduleUpdateRequest' });

export type ScheduleCreateRequest = z.output<typeof scheduleCreateRequest>;
export type ScheduleUpdateRequest = z.output<typeof scheduleUpdateRequest>;

const flag = (what: string) => z.enum(['true', 'false']).optional().describe(what);

/** Query of every write: what happens to the neighbours in time. */
export const scheduleWriteQuery = z.object({
  set_previous_end_at: flag('`true`: the schedule before it ends where this one starts.'),
  set_next_start_at: flag('`true`: the schedule after it starts where this one ends.'),
  'expand[]': z.array(z.string().max(100)).max(50).optional().describe('Accepted; schedules have nothing to expand.'),
  record_only: z.enum(['true', 'false']).optional().describe('Additive. `true`: the write starts no workflow.'),
});
export type ScheduleWriteQuery = z.output<typeof scheduleWriteQuery>;

/** Query of reading one. Plans and their versions are kept elsewhere, so that nothing of it adds anything here. */
export const scheduleReadQuery = z.object({
  'expand[]': z.array(z.string().max(100)).max(50).optional(),
  include_combined_pricing_plan_version: z.enum(['true', 'false']).optional(),
});

export const scheduleResponse = z
  .object({ object_type: z.string(), ...fields, id: z.string(), ...resourceTimes })
  .meta({ id: 'PricingPlanSchedule' });

export function toWire({ id, type, document, createdAt, updatedAt }: ScheduleRow) {
  return {
    object_type: 'PRICING_PLAN_SCHEDULE',
    id,
    ...document,
    type,
    created_at: toWireTime(createdAt),
    updated_at: toWireTime(updatedAt),
  };
}
