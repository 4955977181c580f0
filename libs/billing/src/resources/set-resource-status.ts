import { type Transaction } from '#database/database';
import { DomainError } from '#kernel/errors';
import { changeResource, type Recorded } from './record-resource.js';
import { lockResource, type ResourceTable, type RowOf } from './resource-table.js';

/**
 * What `activate`, `deprecate`, `archive` and the like do: gives the resource its new status, and leaves it locked. The status
 * that it has already is no change, also where that is final (e.69).
 *
 * @throws DomainError RESOURCE_NOT_FOUND; INVALID_OPERATION for a status that it cannot take from where it is.
 */
export async function setResourceStatus<T extends ResourceTable>(
  tx: Transaction,
  table: T,
  platformId: string,
  id: string,
  status: string,
): Promise<Recorded<RowOf<T>>> {
  const before = await lockResource(tx, table, platformId, { id });
  if (!before) throw DomainError.notFound(table.resourceType, id);
  if (table.columnsOf(before.document).status === status) return { row: before, before };
  return changeResource(tx, table, before, { ...before.document, status });
}
