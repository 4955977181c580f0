import { type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { type Logger } from '#observe/logger';
import { type Database } from '#database/database';
import { WakeListener } from '#database/wake';
import { type InvoicePrinter } from '#documents/invoice-printer';
import { type EmailProvider } from '#email/email-provider';
import { ANSWER_WITHIN_MS, DeliverWebhooks } from '#journal/delivery/deliver-webhooks';
import { OutgoingClient } from '#journal/outgoing/outgoing-client';
import { secretReader } from '#billing/integrations/secret-box';
import { recoverLostLeases } from '#ledger/data/lost-leases';
import { forgetOldAnswers } from '#journal/idempotency-records';
import { forgetOldEvents } from '#journal/old-webhook-events';
import { type ExecutionQueue } from '#queue/execution-queue';
import { tick } from './clock/clock.js';
import { type RunExecution } from './executions/run-execution.js';
import { Loop } from './loop.js';
import { release } from './release/release.js';
import { WebhookSender } from './webhooks/webhook-sender.js';
import { type WorkerConfig } from './worker.config.js';

/** How long running mails may take after SIGTERM before they are left to the next worker (milliseconds). */
const GRACE_MS = 25_000;
const CLOCK_INTERVAL_MS = 1_000;
const UPKEEP_INTERVAL_MS = 2_000;
const WEBHOOK_INTERVAL_MS = 1_000;
const HOUSEKEEPING_INTERVAL_MS = 60_000;
/** No turn of a loop takes so long, one that waits for locks included. */
const STUCK_AFTER_MS = 120_000;

/** What a worker does: ring, execute, watch the clock, recover. Any number of workers do it side by side. */
export class WorkerLoops implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly release: Loop;
  private readonly webhooks: Loop;
  /** All of them, by the names that they have in the log. */
  private readonly loops: Record<string, Loop>;
  private readonly webhookSender: WebhookSender;
  private readonly wakes: WakeListener;

  constructor(
    private readonly config: WorkerConfig,
    private readonly database: Database,
    private readonly queue: ExecutionQueue,
    private readonly execution: RunExecution,
    private readonly printer: InvoicePrinter,
    private readonly providers: readonly EmailProvider[],
    logger: Logger,
  ) {
    const report = (loop: string) => (error: unknown) =>
      logger.error({ err: error, loop }, 'a loop failed; it goes on');
    this.release = new Loop(
      config.SWEEP_INTERVAL_MS,
      () => release(database, queue, config.RING_MS),
      report('release'),
    );
    const clock = new Loop(
      CLOCK_INTERVAL_MS,
      () => tick(database, () => this.release.wake(), report('clock')),
      report('clock'),
    );
    const upkeep = new Loop(UPKEEP_INTERVAL_MS, () => this.recover(), report('upkeep'));
    const housekeeping = new Loop(HOUSEKEEPING_INTERVAL_MS, () => this.forget(), report('housekeeping'));
    this.webhookSender = this.createWebhookSender(report('webhooks'));
    this.webhooks = new Loop(WEBHOOK_INTERVAL_MS, () => this.sendWebhooks(), report('webhooks'));
    const { release: releases, webhooks } = this;
    this.loops = { release: releases, clock, upkeep, webhooks, housekeeping };
    this.wakes = new WakeListener(config.DATABASE_URL, () => this.release.wake());
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.queue.listen((job) => this.execution.run(job), { concurrency: this.config.EXECUTION_CONCURRENCY });
    await this.wakes.start();
    for (const loop of Object.values(this.loops)) loop.start();
  }

  /** Names of the loops whose task has not come back for much longer than it may take. */
  stuck(): string[] {
    return Object.keys(this.loops).filter((name) => this.loops[name]?.isStuck(STUCK_AFTER_MS));
  }

  /** No new claim; running mails end or, after the grace period, their leases do. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.wakes.close();
    await Promise.all(Object.values(this.loops).map((loop) => loop.stop()));
    await this.webhookSender.stop();
    await this.queue.close({ graceMs: GRACE_MS });
    await Promise.all([this.printer.close(), ...this.providers.map((provider) => provider.close())]);
    await this.database.close();
  }

  private createWebhookSender(onError: (error: unknown) => void): WebhookSender {
    const { ENCRYPTION_KEY, WEBHOOK_ALLOW_PRIVATE_ADDRESSES: allowPrivateAddresses } = this.config;
    const client = new OutgoingClient({ allowPrivateAddresses, timeoutMs: ANSWER_WITHIN_MS });
    const delivery = new DeliverWebhooks(this.database, client, secretReader(ENCRYPTION_KEY));
    return new WebhookSender(this.database, delivery, client, () => this.webhooks.wake(), onError);
  }

  private async sendWebhooks(): Promise<boolean> {
    await this.webhookSender.begin();
    return false;
  }

  private async recover(): Promise<boolean> {
    const { released } = await recoverLostLeases(this.database);
    if (released > 0) this.release.wake();
    return false;
  }

  private async forget(): Promise<boolean> {
    await forgetOldAnswers(this.database);
    return forgetOldEvents(this.database, this.config.WEBHOOK_EVENT_DAYS);
  }
}
