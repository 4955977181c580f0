import { type Transaction } from '#database/database';
import { DomainError } from '#kernel/errors';
import { isJsonObject, type JsonObject } from './merge-patch.js';
import { resourcesByIds, type ResourceTable } from './resource-table.js';

/** Fields that name other resources, by an id or a list of ids, and whose ids they are. Dots lead into blocks. */
export type References = Record<string, ResourceTable>;

/**
 * @param before the document that is replaced: what it names already may be gone meanwhile.
 * @throws DomainError for an id that names nothing living on the platform; its field is `customer_ids.0` in a list.
 */
export async function requireReferences(
  tx: Transaction,
  platformId: string,
  references: References,
  document: JsonObject,
  before: JsonObject = {},
): Promise<void> {
  for (const [field, table] of Object.entries(references)) {
    const old = namedIn(before, field).map(({ id }) => id);
    const named = namedIn(document, field).filter(({ id }) => !old.includes(id));
    if (named.length === 0) continue;
    const ids = named.map(({ id }) => id);
    const known = new Set((await resourcesByIds(tx, table, platformId, ids)).map(({ id }) => id));
    const unknown = named.find(({ id }) => !known.has(id));
    if (unknown) throw DomainError.unknownReference(table.resourceType, unknown.id, unknown.field);
  }
}

function namedIn(document: JsonObject, path: string): { id: string; field: string }[] {
  const [last = '', ...above] = path.split('.').reverse();
  const block = above.reduceRight<unknown>((part, name) => (isJsonObject(part) ? part[name] : undefined), document);
  const value = isJsonObject(block) ? block[last] : undefined;
  if (typeof value === 'string') return [{ id: value, field: path }];
  const list = Array.isArray(value) ? value : [];
  return list.flatMap((id, at) => (typeof id === 'string' ? [{ id, field: `${path}.${at}` }] : []));
}
