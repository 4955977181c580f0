import { type Transaction } from '#database/database';
import { DomainError } from '#kernel/errors';
import { newId } from '#kernel/ids';
import { toWireTime } from '#kernel/local-time';
import { isJsonObject, type JsonObject, mergePatch, textOf } from '../resources/merge-patch.js';
import { changeResource, type Check } from '../resources/record-resource.js';
import { deleteResource, insertResource, lockResource, updateResource } from '../resources/resource-table.js';
import { type ScheduleRow, schedulesOf, scheduleTable } from './schedule.js';
import { FINAL_STATUSES, followSchedules, type SubscriptionRow, subscriptionTable } from './subscription.js';

/** What happens to the neighbours of a schedule that is written: at most one of the two. */
export interface Neighbours {
  /** The schedule before it ends where it starts. */
  previousEnds?: boolean;
  /** The schedule after it starts where it ends. */
  nextStarts?: boolean;
}

// A trial is judged by its schedule and its subscription together: every write here holds the subscription and raises its
// revision, so that a mail under way is prepared again.

/** @throws DomainError for a subscription that is not there or is changed no more, and for dates that do not fit. */
export async function createSchedule(
  tx: Transaction,
  subscription: SubscriptionRow,
  body: JsonObject,
  neighbours: Neighbours = {},
): Promise<ScheduleRow> {
  const row = await insertSchedule(tx, subscription, textOf(body, 'id'), mergePatch({}, withoutId(body)));
  await alignNeighbours(tx, row, neighbours);
  await followSchedules(tx, subscription);
  return row;
}

/** @throws DomainError when there is no such schedule, and as `createSchedule`. */
export async function changeSchedule(
  tx: Transaction,
  subscription: SubscriptionRow,
  id: string,
  change: { patch: JsonObject; check: Check; neighbours: Neighbours },
): Promise<ScheduleRow> {
  const before = await lockSchedule(tx, subscription.platformId, id);
  const { patch, check, neighbours } = change;
  const moved = textOf(patch, 'pricing_plan_subscription_id');
  if (moved !== null && moved !== before.subscriptionId) {
    throw DomainError.invalidField(
      'pricing_plan_subscription_id',
      'A schedule stays with its subscription; create another one for the other subscription.',
    );
  }
  const document = check(mergePatch(before.document, patch), before.document);
  checkDates(document);
  const { row } = await changeResource(tx, scheduleTable, before, document);
  await alignNeighbours(tx, row, neighbours);
  if (row !== before || neighbours.previousEnds || neighbours.nextStarts) await followSchedules(tx, subscription);
  return row;
}

/** @returns the schedule as it was. @throws DomainError when there is none. */
export async function removeSchedule(tx: Transaction, subscription: SubscriptionRow, id: string): Promise<ScheduleRow> {
  const row = await lockSchedule(tx, subscription.platformId, id);
  await deleteResource(tx, scheduleTable, row);
  await followSchedules(tx, subscription);
  return row;
}

/**
 * Makes the subscription's schedules those that it was stated with: one with an id is changed, one without is the one of the
 * same type and start or a new one, and what is not stated is removed.
 * @param stated schedule documents; each may hold `id`.
 * @returns whether anything changed.
 */
export async function replaceSchedules(
  tx: Transaction,
  subscription: SubscriptionRow,
  stated: readonly JsonObject[],
): Promise<boolean> {
  const left = await schedulesOf(tx, subscription.platformId, [subscription.id]);
  let changed = false;
  for (const [index, body] of stated.entries()) {
    const document = mergePatch({}, withoutId(body));
    checkDates(document, `pricing_plan_schedule_infos.${index}.`);
    const at = left.findIndex((row) => isStated(row, textOf(body, 'id'), document));
    const [before] = at < 0 ? [] : left.splice(at, 1);
    if (!before) {
      await insertSchedule(tx, subscription, textOf(body, 'id'), document);
      changed = true;
      continue;
    }
    const { row } = await changeResource(tx, scheduleTable, before, mergePatch(before.document, document));
    changed ||= row !== before;
  }
  for (const row of left) await deleteResource(tx, scheduleTable, row);
  changed ||= left.length > 0;
  if (changed) await followSchedules(tx, subscription);
  return changed;
}

/** @throws DomainError for a subscription that is changed no more. */
export function refuseFinal({ id, status }: SubscriptionRow): void {
  if (!FINAL_STATUSES.includes(status)) return;
  throw DomainError.invalidOperation(`The subscription is ${status}: its schedules stay as they are.`, {
    resourceType: subscriptionTable.resourceType,
    resourceId: id,
  });
}

async function insertSchedule(
  tx: Transaction,
  { platformId, id: subscriptionId }: SubscriptionRow,
  id: string | null,
  stated: JsonObject,
): Promise<ScheduleRow> {
  checkDates(stated);
  const document = { ...stated, pricing_plan_subscription_id: subscriptionId };
  const key = { platformId, id: id ?? newId(scheduleTable.idKind) };
  const row = await insertResource(tx, scheduleTable, key, document);
  if (row) return row;
  throw new DomainError('RESOURCE_ALREADY_EXISTS', `The schedule id ${key.id} is taken; leave it out or use another.`, {
    field: 'id',
    resourceType: scheduleTable.resourceType,
  });
}

async function lockSchedule(tx: Transaction, platformId: string, id: string): Promise<ScheduleRow> {
  const row = await lockResource(tx, scheduleTable, platformId, { id });
  if (!row) throw DomainError.notFound(scheduleTable.resourceType, id);
  return row;
}

function isStated(row: ScheduleRow, id: string | null, document: JsonObject): boolean {
  if (id !== null) return row.id === id;
  const stated = scheduleTable.columnsOf(document);
  return row.type === stated.type && row.startAt?.getTime() === stated.startAt?.getTime();
}

function withoutId({ id: _, ...document }: JsonObject): JsonObject {
  return document;
}

function checkDates(document: JsonObject, prefix = ''): void {
  const { startAt, endAt } = scheduleTable.columnsOf(document);
  if (!startAt || !endAt || endAt > startAt) return;
  throw DomainError.invalidField(`${prefix}end_at`, `${prefix}end_at must be later than start_at.`);
}

async function alignNeighbours(tx: Transaction, row: ScheduleRow, neighbours: Neighbours): Promise<void> {
  const { startAt, endAt, subscriptionId } = row;
  if (subscriptionId === null || (!neighbours.previousEnds && !neighbours.nextStarts)) return;
  const others = (await schedulesOf(tx, row.platformId, [subscriptionId])).filter(({ id }) => id !== row.id);
  if (neighbours.previousEnds) {
    if (!startAt) throw DomainError.missingField('start_at', 'start_at is required with set_previous_end_at.');
    const previous = others.filter((other) => other.startAt && other.startAt < startAt).at(-1);
    if (previous) await align(tx, previous, { end_at: toWireTime(startAt) });
  }
  if (neighbours.nextStarts) {
    if (!endAt) throw DomainError.missingField('end_at', 'end_at is required with set_next_start_at.');
    const next = others.find((other) => other.startAt && (!startAt || other.startAt > startAt));
    if (next) await align(tx, next, { start_at: toWireTime(endAt) });
  }
}

async function align(tx: Transaction, row: ScheduleRow, dates: JsonObject): Promise<void> {
  const document = { ...row.document, ...dates };
  checkDates(document);
  await updateResource(tx, scheduleTable, row, document);
}

/** The schedule that an entry of `pricing_plan_schedule_infos` stands for: what the entry says goes before its copy. */
export function scheduleOfInfo(info: JsonObject): JsonObject {
  const { pricing_plan_schedule: copy, pricing_plan_version: _, ...stated } = info;
  return { ...(isJsonObject(copy) ? copy : {}), ...withoutUndefined(stated) };
}

function withoutUndefined(document: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(document).filter(([, value]) => value !== undefined));
}
