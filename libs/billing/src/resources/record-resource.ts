import { isDeepStrictEqual } from 'node:util';
import { type Transaction } from '#database/database';
import { isUniqueViolation } from '#database/unique-violation';
import { DomainError } from '#kernel/errors';
import { newId } from '#kernel/ids';
import { type JsonObject, mergePatch } from './merge-patch.js';
import { checkStatusChange } from './resource-status.js';
import {
  findResource,
  insertResource,
  lockResource,
  type ResourceKey,
  type ResourceTable,
  type RowOf,
  updateResource,
} from './resource-table.js';

export interface Recorded<Row> {
  row: Row;
  /** The row as it was; null when it was made now. The same object as `row` when nothing changed. */
  before: Row | null;
}

/**
 * Judges a whole document as it would be stored, and returns it; throws a DomainError when it may not be.
 * `before` is the document that it replaces, null for a new one.
 */
export type Check = (document: JsonObject, before: JsonObject | null) => JsonObject;

/** Which field of a body says whether the resource exists: either of them, the id first, or only the one named. */
export type Identifier = 'any' | 'id' | 'reference';

export interface UpsertOptions {
  identifier?: Identifier;
  check?: Check;
  /** The body is a copy inside another resource: it may be old, and never changes the status of one that is there. */
  embedded?: boolean;
  /**
   * Many bring the same copy at the same time (all invoices of a seller): who would change nothing locks nothing, so that they
   * need not wait for each other.
   */
  lockOnlyToChange?: boolean;
}

/** @throws DomainError RESOURCE_ALREADY_EXISTS when another one has the reference. */
export async function createResource<T extends ResourceTable>(
  tx: Transaction,
  table: T,
  platformId: string,
  body: JsonObject,
): Promise<RowOf<T>> {
  const document = mergePatch({}, body);
  const row = await insertResource(tx, table, { platformId, id: newId(table.idKind) }, document);
  if (!row) throw DomainError.referenceTaken(table.resourceType, String(document.reference));
  return row;
}

/**
 * Writes a resource that may be there already: what the body states is merged into it. A new one keeps the id that the
 * body brings. Of two calls that make the same one at once, the second waits and merges into the first.
 * @param body may hold `id`, which never becomes part of the document.
 * @throws DomainError for an id that `identifier: 'id'` does not find, and for a reference that another one has.
 */
export async function upsertResource<T extends ResourceTable>(
  tx: Transaction,
  table: T,
  platformId: string,
  body: JsonObject,
  options: UpsertOptions = {},
): Promise<Recorded<RowOf<T>>> {
  const { identifier = 'any', lockOnlyToChange } = options;
  const { id, ...patch } = body as JsonObject & { id?: string };
  const stated = { id, reference: patch.reference };
  const check = options.check ?? ((document) => document);
  const change = options.embedded ? { ...patch, status: undefined } : patch;
  const merged = (before: JsonObject) => check(mergePatch(before, change), before);
  const seen = lockOnlyToChange ? await findStated(tx, table, platformId, stated, identifier, findResource) : null;
  if (seen && isSame(merged(seen.document), seen.document)) return { row: seen, before: seen };
  // The second time finds what another transaction made between looking and inserting.
  for (let tries = 0; tries < 2; tries += 1) {
    const existing = await findStated(tx, table, platformId, stated, identifier, lockResource);
    if (existing) return changeResource(tx, table, existing, merged(existing.document));
    const key = { platformId, id: keptId(stated, identifier) ?? newId(table.idKind) };
    const row = await insertResource(tx, table, key, check(mergePatch({}, patch), null));
    if (row) return { row, before: null };
  }
  throw new DomainError('RESOURCE_ALREADY_EXISTS', `The id ${String(id)} was deleted; use another one.`, {
    field: 'id',
    resourceType: table.resourceType,
  });
}

/** The id that a new one keeps; null when the body brings none, or only its reference counts. */
function keptId({ id }: { id?: string | undefined }, identifier: Identifier): string | null {
  return identifier === 'reference' ? null : (id ?? null);
}

/**
 * Writes a locked row as `document`. When that is what it is already, nothing is written and its revision stays.
 * @throws DomainError RESOURCE_ALREADY_EXISTS when another one has the reference.
 */
export async function changeResource<T extends ResourceTable>(
  tx: Transaction,
  table: T,
  before: RowOf<T>,
  document: JsonObject,
): Promise<Recorded<RowOf<T>>> {
  if (isSame(document, before.document)) return { row: before, before };
  checkStatusChange(table.resourceType, statusIn(table, before.document), statusIn(table, document));
  try {
    return { row: await updateResource(tx, table, before, document), before };
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw DomainError.referenceTaken(table.resourceType, String(document.reference));
  }
}

async function findStated<T extends ResourceTable>(
  tx: Transaction,
  table: T,
  platformId: string,
  stated: { id: unknown; reference: unknown },
  identifier: Identifier,
  find: typeof lockResource<T>,
): Promise<RowOf<T> | null> {
  const keys: ResourceKey[] = [];
  if (identifier !== 'reference' && typeof stated.id === 'string') keys.push({ id: stated.id });
  if (identifier !== 'id' && typeof stated.reference === 'string') keys.push({ reference: stated.reference });
  const [only] = keys;
  if (!only && identifier !== 'any') throw DomainError.missingField(identifier);
  for (const key of keys) {
    const row = await find(tx, table, platformId, key);
    if (row) return row;
  }
  if (identifier === 'id') throw DomainError.unknownReference(table.resourceType, String(stated.id), 'id');
  return null;
}

/** The status as it stands, also when the document leaves it to the default. */
function statusIn(table: ResourceTable, document: JsonObject): string | null {
  const { status } = table.columnsOf(document);
  return typeof status === 'string' ? status : null;
}

/** As jsonb makes it of the first: members that are undefined are not there. */
function isSame(document: JsonObject, stored: JsonObject): boolean {
  return isDeepStrictEqual(JSON.parse(JSON.stringify(document)), stored);
}
