import { type Database } from '#database/database';
import { type DeliverWebhooks, ENDPOINT_LEASE_MS } from '#journal/delivery/deliver-webhooks';
import { takeEndpoints } from '#journal/delivery/endpoint-queue';
import { type OutgoingClient } from '#journal/outgoing/outgoing-client';

/** Endpoints that one process delivers to at the same time. */
const AT_ONCE = 50;

/** Delivers webhook events: one queue per endpoint, side by side, so that a slow one delays no other. */
export class WebhookSender {
  private readonly underWay = new Set<Promise<void>>();
  private stopping = false;

  /**
   * @param onRoom is called when an endpoint is done with: there is room for another, and this one may have got more.
   * @param onError hears of what is no fault of an endpoint.
   */
  constructor(
    private readonly database: Database,
    private readonly delivery: DeliverWebhooks,
    private readonly client: OutgoingClient,
    private readonly onRoom: () => void,
    private readonly onError: (error: unknown) => void,
  ) {}

  /** Begins with the endpoints that something waits for; does not wait until it is delivered. */
  async begin(): Promise<void> {
    const room = AT_ONCE - this.underWay.size;
    if (room <= 0 || this.stopping) return;
    for (const endpoint of await this.database.query(takeEndpoints(room, ENDPOINT_LEASE_MS))) {
      const drained = this.delivery
        .drain(endpoint, () => this.stopping)
        .catch(this.onError)
        .finally(() => {
          this.underWay.delete(drained);
          this.onRoom();
        });
      this.underWay.add(drained);
    }
  }

  /** What is being sent is sent and recorded; nothing else begins. */
  async stop(): Promise<void> {
    this.stopping = true;
    await Promise.all(this.underWay);
    await this.client.close();
  }
}
