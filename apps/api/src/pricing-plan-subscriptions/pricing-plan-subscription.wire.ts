import { z } from 'zod';
import { CANCEL_TYPES } from '#billing/subscriptions/cancellation';
import { type ScheduleRow } from '#billing/subscriptions/schedule';
import { type SubscriptionRow } from '#billing/subscriptions/subscription';
import { toWireTime } from '#kernel/local-time';
import { pageOf } from '../http/pages.js';
import {
  scheduleCreateRequest,
  toWire as scheduleToWire,
} from '../pricing-plan-schedules/pricing-plan-schedule.wire.js';
import { CURRENCIES } from '../wire/codes.js';
import { id, instant, kept, line, longText, period, reference, resourceHead, resourceTimes } from '../wire/fields.js';
import { partyLists } from '../wire/parties.js';

export const SUBSCRIPTION_STATUSES = ['DRAFT', 'ACTIVE', 'VOID', 'ARCHIVED', 'CANCELLED'] as const;
export const SUBSCRIPTION_TYPES = ['QUOTE', 'BILLING', 'TEMPLATE'] as const;
export const SUBSCRIPTION_KINDS = ['DEFAULT', 'FORWARD_BILLING', 'SELF_BILLING', 'SELLER'] as const;

const scheduleInfo = z
  .object({
    id: id.nullish(),
    pricing_plan_schedule: scheduleCreateRequest.nullish().describe('The schedule itself, with its type.'),
    pricing_plan_id: id.nullish(),
    pricing_plan: z.looseObject({ name: line.nullish() }).nullish(),
    pricing_plan_version_id: id.nullish(),
    pricing_plan_version: kept.nullish(),
    start_at: instant.nullish(),
    end_at: instant.nullish(),
    realign_invoice_date_to_pricing_plan_schedule_start_at: z.boolean().nullish(),
  })
  .meta({ id: 'PricingPlanScheduleInfo' });

const inactivePeriod = z.object({
  type: z.enum(['CANCEL', 'UPGRADE']).nullish(),
  start_at: instant.optional(),
  end_at: instant.nullish(),
});

/** What is stored of a subscription beside its schedules. */
const stored = {
  activated_at: instant.nullish().describe('When it first became ACTIVE; set by the server unless stated.'),
  status: z.enum(SUBSCRIPTION_STATUSES).nullish().describe('Default: DRAFT. ARCHIVED and VOID are final.'),
  reference: reference.optional(),
  name: line.nullish(),
  purchase_order_number: longText.nullish(),
  customer_id: id.optional(),
  customer_reference: z.string().max(256).optional(),
  billing_entity_id: id.nullish(),
  billing_entity_reference: z.string().max(256).nullish(),
  billing_period: period.optional(),
  billing_currency: z.enum(CURRENCIES).optional(),
  due_date_configuration: z
    .object({ type: z.enum(['PERIOD_AFTER_INVOICE_DATE', 'END_OF_THE_MONTH']).nullish(), period: period.optional() })
    .optional(),
  initial_term: period.optional(),
  renewal_term: period.optional(),
  auto_renewal: z.boolean().nullish(),
  type: z.enum(SUBSCRIPTION_TYPES).nullish().describe('Default: BILLING.'),
  variant: z.enum(SUBSCRIPTION_KINDS).optional().describe('Default: DEFAULT.'),
  billing_time: z.enum(['EXACT', 'CALENDAR']).nullish(),
  combine: z.boolean().nullish(),
  quote_version_id: id.nullish(),
  upgraded_from_pricing_plan_subscription_id: id.nullish(),
  upgraded_to_pricing_plan_subscription_id: id.nullish(),
  payment_acceptor_ids: z.array(id).max(1_000).nullish(),
  description: longText.nullish(),
  init_invoice_on_hold: z.boolean().optional(),
  payment_method_id: id.optional(),
  pricing_plan_subscription_group_id: id.nullish(),
  forward_customer_id: id.nullish(),
  inactive_periods: z.array(inactivePeriod).max(1_000).nullish(),
  display_invoice_sub_lines_per_processing_only_customer: z.boolean().nullish(),
  replicate_meter_data_ingest_to_parent: z.boolean().nullish(),
  sales_tax_percentage: z.string().max(64).nullish(),
  next_invoice: z.object({ invoice_date: instant.nullish(), invoice_id: id.nullish() }).nullish(),
  template: kept.optional(),
  seller_details: kept.optional(),
  ...partyLists,
};

/** Copies of other resources that answers may carry; in a request they say nothing. */
const copies = {
  customer: kept.nullish(),
  billing_entity: kept.nullish(),
  payment_acceptors: z.array(kept).max(1_000).nullish(),
  pricing_plan_subscription_group: kept.nullish(),
  forward_customer: kept.nullish(),
};

const schedules = { pricing_plan_schedule_infos: z.array(scheduleInfo).max(1_000).nullish() };

export const subscriptionCreateRequest = z
  .object({ ...stored, ...schedules, ...copies })
  .meta({ id: 'PricingPlanSubscriptionCreateRequest' });
/** A new subscription keeps the id that a PUT brings. */
export const subscriptionUpsertRequest = subscriptionCreateRequest
  .extend({ id: id.nullish() })
  .meta({ id: 'PricingPlanSubscriptionUpsertRequest' });
export const subscriptionUpdateRequest = subscriptionCreateRequest
  .partial()
  .meta({ id: 'PricingPlanSubscriptionUpdateRequest' });
/** What judges a whole subscription as it would be stored. */
export const subscriptionDocument = z.object({ ...stored, ...schedules });

export const subscriptionCancelRequest = z
  .object({
    type: z.enum(CANCEL_TYPES),
    cancel_at: instant.optional().describe('With type DATE.'),
    cancel_dunning_actions: z
      .boolean()
      .nullish()
      .describe('With type NOW. Payment providers are not asked by this version.'),
  })
  .meta({ id: 'PricingPlanSubscriptionCancelCreateRequest' });

export type SubscriptionCreateRequest = z.output<typeof subscriptionCreateRequest>;
export type SubscriptionUpsertRequest = z.output<typeof subscriptionUpsertRequest>;
export type SubscriptionUpdateRequest = z.output<typeof subscriptionUpdateRequest>;
export type SubscriptionCancelRequest = z.output<typeof subscriptionCancelRequest>;

export const subscriptionResponse = z
  .object({ ...resourceHead, ...subscriptionCreateRequest.shape, ...resourceTimes })
  .meta({ id: 'PricingPlanSubscription' });
export const subscriptionPage = pageOf(subscriptionResponse, 'PricingPlanSubscriptionResponseWrapper');

/** What a caller asked to see in line. */
export interface SubscriptionExpansion {
  customer?: object | undefined;
  forwardCustomer?: object | undefined;
  billingEntity?: object | undefined;
  schedules?: boolean;
}

export function toWire(
  row: SubscriptionRow,
  schedulesOfAll: readonly ScheduleRow[],
  { customer, forwardCustomer, billingEntity, schedules: inLine = false }: SubscriptionExpansion = {},
) {
  const { id, document, status, type, variant, createdAt, updatedAt } = row;
  const own = schedulesOfAll.filter(({ subscriptionId }) => subscriptionId === id);
  return {
    object_type: 'PRICING_PLAN_SUBSCRIPTION',
    id,
    ...document,
    status,
    type,
    variant,
    customer,
    forward_customer: forwardCustomer,
    billing_entity: billingEntity,
    pricing_plan_schedule_infos: own.map((schedule) => infoToWire(schedule, inLine)),
    created_at: toWireTime(createdAt),
    updated_at: toWireTime(updatedAt),
  };
}

function infoToWire(schedule: ScheduleRow, inLine: boolean) {
  const { id: scheduleId, document } = schedule;
  return {
    id: scheduleId,
    pricing_plan_id: document.pricing_plan_id,
    pricing_plan: document.pricing_plan,
    pricing_plan_version_id: document.pricing_plan_version_id,
    start_at: document.start_at,
    end_at: document.end_at,
    realign_invoice_date_to_pricing_plan_schedule_start_at:
      document.realign_invoice_date_to_pricing_plan_schedule_start_at,
    ...(inLine ? { pricing_plan_schedule: scheduleToWire(schedule) } : {}),
  };
}
