import { Inject, Injectable } from '@nestjs/common';
import { findResource, resourcesByIds } from '#billing/resources/resource-table';
import {
  changeWebhook,
  createWebhook,
  deleteWebhook,
  removeSigningKey,
  rollSigningKey,
  type WebhookOptions,
  type WebhookRow,
  webhookTable,
  type WithNewKey,
} from '#billing/webhooks/webhook';
import { Database } from '#database/database';
import { DomainError } from '#kernel/errors';
import { API_CONFIG, type ApiConfig } from '../api.config.js';
import { webhookCheck } from './webhook-rules.js';
import { type WebhookCreateRequest, type WebhookUpdateRequest, withoutReadOnly } from './webhook.wire.js';

@Injectable()
export class WebhooksService {
  private readonly options: WebhookOptions;

  constructor(
    private readonly database: Database,
    @Inject(API_CONFIG) config: ApiConfig,
  ) {
    const check = webhookCheck({ allowPrivateAddresses: config.WEBHOOK_ALLOW_PRIVATE_ADDRESSES });
    this.options = { check, encryptionKey: config.ENCRYPTION_KEY };
  }

  async create(platformId: string, body: WebhookCreateRequest): Promise<WithNewKey> {
    return this.database.transaction((tx) => createWebhook(tx, platformId, withoutReadOnly(body), this.options));
  }

  /** @throws DomainError RESOURCE_NOT_FOUND */
  async get(platformId: string, id: string): Promise<WebhookRow> {
    const row = await findResource(this.database.client, webhookTable, platformId, { id });
    if (!row) throw DomainError.notFound('WEBHOOK', id);
    return row as WebhookRow;
  }

  async byIds(platformId: string, ids: string[]): Promise<WebhookRow[]> {
    return (await resourcesByIds(this.database.client, webhookTable, platformId, ids)) as WebhookRow[];
  }

  /** What a webhook in the penalty box waits to be told first, as text. */
  async waiting({ platformId, id, retryCount }: WebhookRow): Promise<string | undefined> {
    if (retryCount === 0) return undefined;
    const event = await this.database.client.webhookEvent.findFirst({
      where: { platformId, webhookId: id, status: 'PENDING' },
      orderBy: { position: 'asc' },
    });
    return event ? JSON.stringify(event.payload) : undefined;
  }

  async patch(platformId: string, id: string, patch: WebhookUpdateRequest): Promise<WebhookRow> {
    return this.database.transaction((tx) => changeWebhook(tx, platformId, id, withoutReadOnly(patch), this.options));
  }

  /** @returns the webhook as it was. */
  async delete(platformId: string, id: string): Promise<WebhookRow> {
    return this.database.transaction((tx) => deleteWebhook(tx, platformId, id));
  }

  async roll(platformId: string, id: string, stated: string | null): Promise<WithNewKey> {
    const { encryptionKey } = this.options;
    return this.database.transaction((tx) => rollSigningKey(tx, platformId, id, stated, encryptionKey));
  }

  async removeKey(platformId: string, id: string): Promise<WebhookRow> {
    return this.database.transaction((tx) => removeSigningKey(tx, platformId, id, this.options.encryptionKey));
  }
}
