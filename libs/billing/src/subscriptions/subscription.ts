import { type Transaction } from '#database/database';
import { type JsonObject, textOf } from '../resources/merge-patch.js';
import { type ResourceTable, type RowOf } from '../resources/resource-table.js';

export const subscriptionTable = {
  table: 'pricing_plan_subscription',
  resourceType: 'PRICING_PLAN_SUBSCRIPTION',
  idKind: 'pricingPlanSubscription',
  columns: {
    customerId: 'customer_id',
    billingEntityId: 'billing_entity_id',
    type: 'type',
    variant: 'variant',
    status: 'status',
  },
  columnsOf: (document: JsonObject) => ({
    customerId: textOf(document, 'customer_id'),
    billingEntityId: textOf(document, 'billing_entity_id'),
    type: textOf(document, 'type') ?? 'BILLING',
    variant: textOf(document, 'variant') ?? 'DEFAULT',
    status: textOf(document, 'status') ?? 'DRAFT',
  }),
} as const satisfies ResourceTable;

export type SubscriptionRow = RowOf<typeof subscriptionTable>;

/** A subscription in these states is changed no more, and neither are its schedules (e.70). */
export const FINAL_STATUSES: readonly (string | null)[] = ['ARCHIVED', 'VOID'];

/**
 * Raises the revision of a locked subscription whose schedules have changed, and brings what is listed of them in line: when
 * it starts, and the plan that it starts with.
 */
export async function followSchedules(
  tx: Transaction,
  { platformId, id }: { platformId: string; id: string },
): Promise<void> {
  await tx.$executeRaw`
    UPDATE pricing_plan_subscription p
       SET start_at = earliest.start_at, plan_name = earliest.plan_name,
           revision = p.revision + 1, updated_at = clock_timestamp()
      FROM (SELECT min(s.start_at) AS start_at,
                   (array_agg(s.document #>> '{pricing_plan,name}' ORDER BY s.start_at, s.id))[1] AS plan_name
              FROM pricing_plan_schedule s
             WHERE s.platform_id = ${platformId} AND s.subscription_id = ${id} AND s.deleted_at IS NULL) AS earliest
     WHERE p.platform_id = ${platformId} AND p.id = ${id}`;
}
