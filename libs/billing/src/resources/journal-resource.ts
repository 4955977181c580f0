import { type Transaction } from '#database/database';
import { type Change, type Snapshot } from '#journal/change';
import { recordChange } from '#journal/record-change';
import { toWireTime } from '#kernel/local-time';
import { type ResourceRow, type ResourceTable } from './resource-table.js';

/**
 * Tells the journal what was done to a row. The functions of `resource-table` do; whoever writes columns of his own beside
 * them calls it himself.
 * @param before null for what is new.
 * @param message says what no field says: that secrets were changed.
 */
export async function journalResource(
  tx: Transaction,
  { resourceType }: ResourceTable,
  verb: Change['verb'],
  before: ResourceRow | null,
  after: ResourceRow,
  message?: string,
): Promise<void> {
  await recordChange(tx, {
    platformId: after.platformId,
    resourceType,
    resourceId: after.id,
    verb,
    before: before && snapshot(resourceType, before),
    after: snapshot(resourceType, after),
    ...(message === undefined ? {} : { message }),
  });
}

/** As in the answers of the API. */
function snapshot(resourceType: string, row: ResourceRow & { status?: unknown }): Snapshot {
  const { id, status, document, createdAt, updatedAt } = row;
  return {
    object_type: resourceType,
    id,
    ...document,
    ...(typeof status === 'string' && document.active === undefined ? { status } : {}),
    created_at: toWireTime(createdAt),
    updated_at: toWireTime(updatedAt),
  };
}
