import { type Transaction } from '#database/database';
import { DomainError } from '#kernel/errors';
import { findResource, type ResourceTable } from './resource-table.js';

/** @throws DomainError when `id`, which the body states in `field`, names nothing living; nothing is named by null. */
export async function requireResource(
  tx: Transaction,
  table: ResourceTable,
  platformId: string,
  id: string | null | undefined,
  field: string,
): Promise<void> {
  if (id == null || (await findResource(tx, table, platformId, { id }))) return;
  throw DomainError.unknownReference(table.resourceType, id, field);
}
