import { type Transaction } from '#database/database';
import { type Snapshot } from '#journal/change';
import { recordChange } from '#journal/record-change';
import { toWireTime } from '#kernel/local-time';
import { type InvoiceRow } from './invoice.repository.js';

/** Tells the journal that an invoice was written. */
export async function journalInvoice(tx: Transaction, before: InvoiceRow | null, after: InvoiceRow): Promise<void> {
  const { platformId, id: resourceId } = after;
  await recordChange(tx, {
    platformId,
    resourceType: 'INVOICE',
    resourceId,
    verb: before ? 'UPDATED' : 'CREATED',
    before: before && snapshot(before),
    after: snapshot(after),
  });
}

/** As in the answers of the API. */
function snapshot({ platformId, id, document, status, createdAt, updatedAt }: InvoiceRow): Snapshot {
  return {
    object_type: 'INVOICE',
    id,
    platform_id: platformId,
    ...document,
    status,
    created_at: toWireTime(createdAt),
    updated_at: toWireTime(updatedAt),
  };
}
