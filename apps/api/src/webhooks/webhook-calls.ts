import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { secretReader } from '#billing/integrations/secret-box';
import { type JsonObject } from '#billing/resources/merge-patch';
import { checkedWith, partWebhookSecrets, type WebhookRow } from '#billing/webhooks/webhook';
import { Database } from '#database/database';
import { ANSWER_WITHIN_MS, DeliverWebhooks, type OpenSecrets } from '#journal/delivery/deliver-webhooks';
import { endpointRequest, type EndpointSecrets } from '#journal/delivery/endpoint-request';
import { OutgoingClient } from '#journal/outgoing/outgoing-client';
import { databaseTime } from '#database/database-time';
import { newId } from '#kernel/ids';
import { PermanentFailure } from '#kernel/failures';
import { toWireTime } from '#kernel/local-time';
import { API_CONFIG, type ApiConfig } from '../api.config.js';
import { type TestResult } from '../integrations/connection-test.js';
import { webhookCheck } from './webhook-rules.js';

/** Calls endpoints while their owner waits: to try them, or to send what waits. What the other side does is no error. */
@Injectable()
export class WebhookCalls implements OnApplicationShutdown {
  private readonly client: OutgoingClient;
  private readonly delivery: DeliverWebhooks;
  private readonly openSecrets: OpenSecrets;

  constructor(
    private readonly database: Database,
    @Inject(API_CONFIG) private readonly config: ApiConfig,
  ) {
    const allowPrivateAddresses = config.WEBHOOK_ALLOW_PRIVATE_ADDRESSES;
    this.client = new OutgoingClient({ allowPrivateAddresses, timeoutMs: ANSWER_WITHIN_MS });
    this.openSecrets = secretReader(config.ENCRYPTION_KEY);
    this.delivery = new DeliverWebhooks(database, this.client, this.openSecrets);
  }

  /** Tries a webhook as it is described, before it is stored. @throws DomainError for a description that is wrong. */
  async tryDescribed(body: JsonObject): Promise<TestResult> {
    const { open, secrets } = partWebhookSecrets(body);
    const check = webhookCheck({ allowPrivateAddresses: true });
    return this.send(checkedWith(secrets, check)(open, null), secrets, null);
  }

  async tryStored(webhook: WebhookRow): Promise<TestResult> {
    try {
      const secrets = webhook.secrets === null ? {} : this.openSecrets(webhook.secrets);
      return await this.send(webhook.document, secrets, webhook.secretRolledAt);
    } catch (error) {
      if (error instanceof PermanentFailure) return { successful: false, message: error.message };
      throw error;
    }
  }

  /** Sends what a webhook in the penalty box waits to be told; when it is taken, the box is left. */
  async sendWaiting({ platformId, id }: WebhookRow): Promise<TestResult> {
    const answer = await this.delivery.tryFirst(platformId, id);
    if (!answer)
      return { successful: false, message: 'Nothing waits for this webhook, or it is being sent right now.' };
    return { successful: answer.successful, message: answer.message };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.client.close();
  }

  private async send(document: JsonObject, secrets: EndpointSecrets, rolledAt: Date | null): Promise<TestResult> {
    const now = await databaseTime(this.database.client);
    const payload = {
      id: newId('webhookEvent'),
      type: 'WEBHOOK.TEST',
      environment: 'LIVE',
      created_at: toWireTime(now),
      data: {},
    };
    const { url, body, headers } = endpointRequest(document, secrets, JSON.stringify(payload), { rolledAt, now });
    const { successful, message } = await this.client.post(url, body, headers);
    return { successful, message };
  }
}
