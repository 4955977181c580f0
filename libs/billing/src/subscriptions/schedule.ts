import { type Transaction } from '#database/database';
import { type JsonObject, textOf } from '../resources/merge-patch.js';
import { type ResourceTable, type RowOf } from '../resources/resource-table.js';

export const scheduleTable = {
  table: 'pricing_plan_schedule',
  resourceType: 'PRICING_PLAN_SCHEDULE',
  idKind: 'pricingPlanSchedule',
  columns: { subscriptionId: 'subscription_id', type: 'type', startAt: 'start_at', endAt: 'end_at' },
  columnsOf: (document: JsonObject) => ({
    subscriptionId: textOf(document, 'pricing_plan_subscription_id'),
    type: textOf(document, 'type') ?? 'DEFAULT',
    startAt: instantOf(document, 'start_at'),
    endAt: instantOf(document, 'end_at'),
  }),
} as const satisfies ResourceTable;

export type ScheduleRow = RowOf<typeof scheduleTable>;

/** The living schedules of these subscriptions, in the order in which they start. */
export async function schedulesOf(
  tx: Pick<Transaction, '$queryRaw'>,
  platformId: string,
  subscriptionIds: readonly string[],
): Promise<ScheduleRow[]> {
  return tx.$queryRaw<ScheduleRow[]>`
    SELECT platform_id AS "platformId", id, reference, document, revision, subscription_id AS "subscriptionId", type,
           start_at AS "startAt", end_at AS "endAt", created_at AS "createdAt", updated_at AS "updatedAt"
      FROM pricing_plan_schedule
     WHERE platform_id = ${platformId} AND subscription_id = ANY(${[...subscriptionIds]}::text[]) AND deleted_at IS NULL
     ORDER BY start_at NULLS FIRST, id`;
}

function instantOf(document: JsonObject, name: string): Date | null {
  const text = textOf(document, name);
  return text === null ? null : new Date(text);
}
