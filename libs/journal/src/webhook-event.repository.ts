import { type Transaction, type WebhookEvent } from '#database/database';
import { DomainError } from '#kernel/errors';

/** Rows of these ids, in no order. */
export async function webhookEventsByIds(db: Transaction, platformId: string, ids: string[]): Promise<WebhookEvent[]> {
  return db.webhookEvent.findMany({ where: { platformId, id: { in: ids } } });
}

/** @throws DomainError RESOURCE_NOT_FOUND */
export async function getWebhookEvent(db: Transaction, platformId: string, id: string): Promise<WebhookEvent> {
  const [row] = await webhookEventsByIds(db, platformId, [id]);
  if (!row) throw DomainError.notFound('WEBHOOK_EVENT', id);
  return row;
}

/**
 * Puts an event that was delivered or given up back into the queue of its endpoint, behind what waits there, for another
 * 7 days. Its id and what it says stay.
 * @throws DomainError RESOURCE_NOT_FOUND, and INVALID_OPERATION while it is waiting or when its webhook is gone.
 */
export async function resendWebhookEvent(tx: Transaction, platformId: string, id: string): Promise<WebhookEvent> {
  const event = await getWebhookEvent(tx, platformId, id);
  const webhook = await tx.webhook.findFirst({ where: { platformId, id: event.webhookId, deletedAt: null } });
  if (!webhook)
    throw DomainError.invalidOperation('The webhook of this event was deleted: there is nobody to send to.');
  const queued = await tx.$executeRaw`
    UPDATE webhook_event
       SET status = 'PENDING', position = nextval(pg_get_serial_sequence('webhook_event', 'position')), message = NULL,
           expires_at = clock_timestamp() + interval '7 days'
     WHERE platform_id = ${platformId} AND id = ${id} AND status <> 'PENDING'`;
  if (queued === 0) throw DomainError.invalidOperation('The event is waiting to be delivered already.');
  return getWebhookEvent(tx, platformId, id);
}
