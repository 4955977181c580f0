import { Injectable } from '@nestjs/common';
import { Database, type WebhookEvent } from '#database/database';
import { getWebhookEvent, resendWebhookEvent, webhookEventsByIds } from '#journal/webhook-event.repository';

@Injectable()
export class WebhookEventsService {
  constructor(private readonly database: Database) {}

  /** @throws DomainError RESOURCE_NOT_FOUND */
  async get(platformId: string, id: string): Promise<WebhookEvent> {
    return getWebhookEvent(this.database.client, platformId, id);
  }

  async byIds(platformId: string, ids: string[]): Promise<WebhookEvent[]> {
    return webhookEventsByIds(this.database.client, platformId, ids);
  }

  /** @throws DomainError RESOURCE_NOT_FOUND, INVALID_OPERATION */
  async resend(platformId: string, id: string): Promise<WebhookEvent> {
    return this.database.transaction((tx) => resendWebhookEvent(tx, platformId, id));
  }
}
