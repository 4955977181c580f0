import { isDeepStrictEqual } from 'node:util';
import { isPublished } from './webhook-actions.js';

/** A resource as it is told to the world: as in the answers of the API, with `object_type` and `id`. */
export type Snapshot = Record<string, unknown>;

/** What happened to one resource. */
export interface Change {
  platformId: string;
  /** As in error answers: `BILLING_ENTITY`. */
  resourceType: string;
  resourceId: string;
  verb: 'CREATED' | 'UPDATED' | 'DELETE';
  /** Null for what is new. */
  before: Snapshot | null;
  /** What was deleted is told as it was. */
  after: Snapshot;
  /** Said of the change in the audit when its fields do not say it: secrets are in none. */
  message?: string;
}

/** Fields that follow from every change and say nothing. */
const FOLLOWING = new Set(['created_at', 'updated_at']);

export type ChangedFields = Record<string, { before: unknown; after: unknown }>;

/** The top-level fields of an update that differ, with what they were (null: nothing) and are. */
export function changedFields({ verb, before, after }: Change): ChangedFields | null {
  if (verb !== 'UPDATED' || !before) return null;
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  const differing = [...names].filter(
    (name) => !FOLLOWING.has(name) && !isDeepStrictEqual(before[name] ?? null, after[name] ?? null),
  );
  return Object.fromEntries(
    differing.sort().map((name) => [name, { before: before[name] ?? null, after: after[name] ?? null }]),
  );
}

/** The names under which a change is told to webhooks, the general one first: `INVOICE.UPDATED`, `INVOICE.PAID`. */
export function publishedActions({ resourceType, verb, before, after }: Change): string[] {
  const moved = (field: string) => typeof after[field] === 'string' && after[field] !== before?.[field];
  const actions = [
    verb,
    ...(verb !== 'DELETE' && moved('status') ? [`STATUS_TO_${String(after.status)}`] : []),
    ...(resourceType === 'INVOICE' && moved('payment_status') && after.payment_status === 'PAID' ? ['PAID'] : []),
  ];
  return actions.filter((action) => isPublished(resourceType, action)).map((action) => `${resourceType}.${action}`);
}
