import { Prisma, type Transaction } from '#database/database';
import { type TrialState } from '../billing-state.js';
import { isJsonObject, textOf } from '../resources/merge-patch.js';

/** What workflows match on of each schedule of a subscription, those that are no trials included. */
export async function trialsOf(tx: Transaction, platformId: string, subscriptionId: string): Promise<TrialState[]> {
  const rows = await tx.$queryRaw<TrialRow[]>`${TRIALS}
    WHERE s.platform_id = ${platformId} AND s.subscription_id = ${subscriptionId} AND s.deleted_at IS NULL`;
  return rows.map(toState);
}

/** Locks the subscription of a schedule, since changes of either go through it, and reads the schedule; null when it is gone. */
export async function lockTrial(tx: Transaction, platformId: string, scheduleId: string): Promise<TrialState | null> {
  return lockedTrial(tx, platformId, scheduleId, Prisma.empty);
}

/** As `lockTrial`; null also when another holds the subscription. */
export async function lockTrialIfFree(
  tx: Transaction,
  platformId: string,
  scheduleId: string,
): Promise<TrialState | null> {
  return lockedTrial(tx, platformId, scheduleId, Prisma.sql`SKIP LOCKED`);
}

export async function findTrial(tx: Transaction, platformId: string, scheduleId: string): Promise<TrialState | null> {
  const [row] = await tx.$queryRaw<TrialRow[]>`${TRIALS}
    WHERE s.platform_id = ${platformId} AND s.id = ${scheduleId} AND s.deleted_at IS NULL`;
  return row ? toState(row) : null;
}

/** A page of the schedules that are trials, by id after `cursor`. Locks nothing. */
export async function trialIds(tx: Transaction, platformId: string, cursor: string, limit: number): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM pricing_plan_schedule
     WHERE platform_id = ${platformId} AND type = 'TRIAL' AND deleted_at IS NULL AND id > ${cursor}
     ORDER BY id LIMIT ${limit}`;
  return rows.map(({ id }) => id);
}

/** From when on a subscription is cancelled: the first start of its `inactive_periods` of the type CANCEL. */
export function cancelledFrom(inactivePeriods: unknown): Date | null {
  const starts = (Array.isArray(inactivePeriods) ? inactivePeriods : [])
    .filter(isJsonObject)
    .filter(({ type }) => type === 'CANCEL')
    .flatMap((period) => textOf(period, 'start_at') ?? [])
    .map((start) => new Date(start).getTime());
  return starts.length > 0 ? new Date(Math.min(...starts)) : null;
}

type TrialRow = Omit<TrialState, 'timezone' | 'cancelledFrom'> & { inactivePeriods: unknown };

const TRIALS = Prisma.sql`
  SELECT s.platform_id AS "platformId", s.id, p.id AS "subscriptionId", p.customer_id AS "customerId", p.status,
         p.type AS "subscriptionType", p.document -> 'inactive_periods' AS "inactivePeriods",
         s.type AS "scheduleType", s.start_at AS "startAt", s.end_at AS "endAt", s.created_at AS "createdAt"
    FROM pricing_plan_schedule s
    JOIN pricing_plan_subscription p ON p.platform_id = s.platform_id AND p.id = s.subscription_id AND p.deleted_at IS NULL`;

async function lockedTrial(
  tx: Transaction,
  platformId: string,
  scheduleId: string,
  wait: Prisma.Sql,
): Promise<TrialState | null> {
  const held = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM pricing_plan_subscription
     WHERE platform_id = ${platformId}
       AND id = (SELECT subscription_id FROM pricing_plan_schedule WHERE platform_id = ${platformId} AND id = ${scheduleId})
       FOR NO KEY UPDATE ${wait}`;
  return held.length > 0 ? findTrial(tx, platformId, scheduleId) : null;
}

function toState({ inactivePeriods, ...row }: TrialRow): TrialState {
  return { ...row, timezone: null, cancelledFrom: cancelledFrom(inactivePeriods) };
}
