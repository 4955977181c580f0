import { type Transaction } from '#database/database';
import { databaseTime } from '#database/database-time';
import { DomainError } from '#kernel/errors';
import { toWireTime } from '#kernel/local-time';
import { billingEntityTable } from '../billing-entities/billing-entity.js';
import { type TrialState } from '../billing-state.js';
import { customerTable } from '../customers/customer.js';
import { paymentAcceptorTable } from '../payment-acceptors/payment-acceptor.js';
import { isJsonObject, type JsonObject, mergePatch, textOf } from '../resources/merge-patch.js';
import { changeResource, type Check, type Identifier, upsertResource } from '../resources/record-resource.js';
import { requireReferences } from '../resources/require-references.js';
import { findResource, lockResource, type ResourceTable } from '../resources/resource-table.js';
import { type SubscriptionRow, subscriptionTable } from './subscription.js';
import { trialsOf } from './trial.js';
import { refuseFinal, replaceSchedules, scheduleOfInfo } from './write-schedule.js';

const REFERENCES = { forward_customer_id: customerTable, payment_acceptor_ids: paymentAcceptorTable };

/** A subscription that was written, and what workflows match on of its schedules before and after. */
export interface SubscriptionChange {
  row: SubscriptionRow;
  before: TrialState[];
  after: TrialState[];
  at: Date;
}

/**
 * Writes a subscription with the schedules that it is stated with (`pricing_plan_schedule_infos`), found by id or else by
 * reference; what the body leaves out stays. Leaves it locked.
 * @throws DomainError naming the field.
 */
export async function recordSubscription(
  tx: Transaction,
  platformId: string,
  body: JsonObject,
  options: { identifier?: Identifier; check: Check },
): Promise<SubscriptionChange> {
  const known = await lockStated(tx, platformId, body, options.identifier ?? 'any');
  const before = known ? await trialsOf(tx, platformId, known.id) : [];
  const at = await databaseTime(tx);
  const { document, schedules } = split(await withParties(tx, platformId, body));
  const check: Check = (merged, stored) => options.check(withActivation(merged, at), stored);
  const { row } = await upsertResource(tx, subscriptionTable, platformId, document, { ...options, check });
  return finish(tx, row, { schedules, before, at });
}

/** @throws DomainError when there is no such subscription, and naming the field. */
export async function changeSubscription(
  tx: Transaction,
  platformId: string,
  id: string,
  change: (document: JsonObject, facts: { startAt: Date | null; at: Date }) => JsonObject,
): Promise<SubscriptionChange> {
  const locked = await lockSubscription(tx, platformId, id);
  const before = await trialsOf(tx, platformId, id);
  const at = await databaseTime(tx);
  const { document, schedules } = split(change(locked.document, { startAt: firstStart(before), at }));
  const settled = await withParties(tx, platformId, document, locked.document);
  const { row } = await changeResource(tx, subscriptionTable, locked, withActivation(settled, at));
  return finish(tx, row, { schedules, before, at });
}

/** Runs a write of one of its schedules while the subscription is held. @throws DomainError when there is none. */
export async function changeSchedulesOf<T>(
  tx: Transaction,
  platformId: string,
  { id, field }: { id: string; field?: string },
  write: (subscription: SubscriptionRow) => Promise<T>,
): Promise<{ written: T; change: SubscriptionChange }> {
  const locked = await lockSubscription(tx, platformId, id, field);
  refuseFinal(locked);
  const before = await trialsOf(tx, platformId, id);
  const at = await databaseTime(tx);
  const written = await write(locked);
  return { written, change: await finish(tx, locked, { schedules: null, before, at }) };
}

/** @param field of the body that names it; absent when the path does. */
async function lockSubscription(
  tx: Transaction,
  platformId: string,
  id: string,
  field?: string,
): Promise<SubscriptionRow> {
  const row = await lockResource(tx, subscriptionTable, platformId, { id });
  if (row) return row;
  if (field !== undefined) throw DomainError.unknownReference(subscriptionTable.resourceType, id, field);
  throw DomainError.notFound(subscriptionTable.resourceType, id);
}

async function lockStated(
  tx: Transaction,
  platformId: string,
  body: JsonObject,
  identifier: Identifier,
): Promise<SubscriptionRow | null> {
  const id = identifier === 'reference' ? null : textOf(body, 'id');
  const reference = identifier === 'id' ? null : textOf(body, 'reference');
  const byId = id === null ? null : await lockResource(tx, subscriptionTable, platformId, { id });
  return byId ?? (reference === null ? null : lockResource(tx, subscriptionTable, platformId, { reference }));
}

async function finish(
  tx: Transaction,
  row: SubscriptionRow,
  { schedules, before, at }: { schedules: JsonObject[] | null; before: TrialState[]; at: Date },
): Promise<SubscriptionChange> {
  const { platformId, id } = row;
  if (schedules) await replaceSchedules(tx, row, schedules);
  return { row: await reread(tx, row), before, after: await trialsOf(tx, platformId, id), at };
}

/** Schedules raise the revision of their subscription. */
async function reread(tx: Transaction, row: SubscriptionRow): Promise<SubscriptionRow> {
  return (await findResource(tx, subscriptionTable, row.platformId, { id: row.id })) ?? row;
}

/** The schedules have a table of their own; null when the body says nothing of them. */
function split(body: JsonObject): { document: JsonObject; schedules: JsonObject[] | null } {
  const { pricing_plan_schedule_infos: infos, ...document } = body;
  if (infos === undefined) return { document, schedules: null };
  return { document, schedules: (Array.isArray(infos) ? infos : []).filter(isJsonObject).map(scheduleOfInfo) };
}

function firstStart(states: readonly TrialState[]): Date | null {
  const starts = states.flatMap(({ startAt }) => (startAt ? [startAt.getTime()] : []));
  return starts.length > 0 ? new Date(Math.min(...starts)) : null;
}

function withActivation(document: JsonObject, now: Date): JsonObject {
  if (document.status !== 'ACTIVE' || typeof document.activated_at === 'string') return document;
  return { ...document, activated_at: toWireTime(now) };
}

/** @throws DomainError for a customer, a billing entity or a payment acceptor that the body names and that does not exist. */
async function withParties(
  tx: Transaction,
  platformId: string,
  body: JsonObject,
  before: JsonObject = {},
): Promise<JsonObject> {
  const customer = await settle(tx, platformId, customerTable, 'customer', body, before);
  const seller = await settle(tx, platformId, billingEntityTable, 'billing_entity', body, before);
  await requireReferences(tx, platformId, REFERENCES, body, before);
  return { ...body, ...customer, ...seller };
}

/** Id and reference of a party that the body names by either, or by both alike. */
async function settle(
  tx: Transaction,
  platformId: string,
  table: ResourceTable,
  party: 'customer' | 'billing_entity',
  body: JsonObject,
  before: JsonObject,
): Promise<JsonObject> {
  const [idField, referenceField] = [`${party}_id`, `${party}_reference`];
  const changed = (field: string) => (body[field] === before[field] ? null : textOf(body, field));
  const [id, reference] = [changed(idField), changed(referenceField)];
  if (id === null && reference === null) return {};
  const row = await findResource(tx, table, platformId, id === null ? { reference: reference ?? '' } : { id });
  const field = id === null ? referenceField : idField;
  if (!row) throw DomainError.unknownReference(table.resourceType, id ?? reference ?? '', field);
  if (reference !== null && row.reference !== reference) {
    throw DomainError.invalidField(referenceField, `${referenceField} and ${idField} name different ones; state one.`);
  }
  return { [idField]: row.id, [referenceField]: row.reference ?? undefined };
}

/** A patch merged into the document, and judged as a whole. */
export function patched(document: JsonObject, patch: JsonObject, check: Check): JsonObject {
  return check(mergePatch(document, patch), document);
}
