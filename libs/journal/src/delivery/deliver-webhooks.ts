import { type Database } from '#database/database';
import { PermanentFailure } from '#kernel/failures';
import { type OutgoingAnswer, type OutgoingClient } from '../outgoing/outgoing-client.js';
import {
  delivered,
  type HeldEndpoint,
  letGo,
  nextEvent,
  type QueueHead,
  refused,
  takeEndpoint,
} from './endpoint-queue.js';
import { endpointRequest, type EndpointSecrets } from './endpoint-request.js';
import { penaltyMs } from './penalty-box.js';

/** How long one try may take (milliseconds): what the contract gives a receiver. */
export const ANSWER_WITHIN_MS = 10_000;
/** How long an endpoint is held per event; longer than a try takes, so that nobody else tries the same meanwhile. */
export const ENDPOINT_LEASE_MS = 30_000;

/** Decrypts what an endpoint keeps secret. @throws PermanentFailure when that is not possible. */
export type OpenSecrets = (sealed: string) => EndpointSecrets;

/** Delivers events to endpoints that are held, each endpoint's in their order. */
export class DeliverWebhooks {
  constructor(
    private readonly database: Database,
    private readonly client: OutgoingClient,
    private readonly openSecrets: OpenSecrets,
  ) {}

  /**
   * Delivers what an endpoint's queue holds, until it is empty, a try fails, or `isStopping`; then lets the endpoint go. An
   * event whose answer was not recorded (the process ended) is delivered again.
   */
  async drain(endpoint: HeldEndpoint, isStopping: () => boolean): Promise<void> {
    let [head] = await this.database.query(nextEvent(endpoint, ENDPOINT_LEASE_MS));
    while (head && !isStopping()) {
      const answer = await this.attempt(head);
      if (!answer.successful) return this.punish(endpoint, head, answer);
      const written = [delivered(endpoint, head.eventId, answer), nextEvent(endpoint, ENDPOINT_LEASE_MS)] as const;
      [, [head]] = await this.database.together(written);
    }
    await this.database.query(letGo(endpoint));
  }

  /**
   * Tries the first event of an endpoint right now, whether it is in the penalty box or not.
   * @returns null when there is nothing to deliver, or somebody delivers at this moment.
   */
  async tryFirst(platformId: string, webhookId: string): Promise<OutgoingAnswer | null> {
    const [endpoint] = await this.database.query(takeEndpoint(platformId, webhookId, ENDPOINT_LEASE_MS));
    if (!endpoint) return null;
    const [head] = await this.database.query(nextEvent(endpoint, ENDPOINT_LEASE_MS));
    const answer = head ? await this.attempt(head) : null;
    if (head && answer && !answer.successful) await this.punish(endpoint, head, answer);
    else if (head && answer) await this.database.together([delivered(endpoint, head.eventId, answer), letGo(endpoint)]);
    else await this.database.query(letGo(endpoint));
    return answer;
  }

  private async attempt({ settings, secrets, payload, secretRolledAt, now }: QueueHead): Promise<OutgoingAnswer> {
    try {
      const opened = secrets === null ? {} : this.openSecrets(secrets);
      const { url, body, headers } = endpointRequest(settings, opened, payload, { rolledAt: secretRolledAt, now });
      return await this.client.post(url, body, headers);
    } catch (error) {
      // Unsigned it must not go: it waits until the key is there again.
      if (error instanceof PermanentFailure) return { successful: false, status: null, message: error.message };
      throw error;
    }
  }

  private async punish(endpoint: HeldEndpoint, head: QueueHead, answer: OutgoingAnswer): Promise<void> {
    await this.database.query(refused(endpoint, head.eventId, answer, penaltyMs(head.retryCount + 1)));
  }
}
