import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { freshKeyPrefix, testRedisUrl } from '#testing/test-redis';
import { TestSmtpServer } from '#testing/smtp-server';
import { until } from '#testing/until';
import { type RunningApi, startApi } from '../../api/test/start-api.js';
import { type QueueKind, QUEUES } from './queues.js';
import { invoiceDocument } from './invoice-document.js';
import { setUpWorkflow } from './set-up-workflow.js';

/** 200 by hand: `KILL_TEST_INVOICES=200 npm test -- kill-workers`. */
const INVOICES = Number(process.env.KILL_TEST_INVOICES ?? 60);
/** Workers that are killed, one each second; then those that run may finish. */
const KILLS = Math.ceil(INVOICES / 10);
const SECRETS = { ENCRYPTION_KEY: 'k'.repeat(32), PUBLIC_URL: 'https://billing.example.com' };

/** Workers as a deployment runs them: processes of the built code, which are killed and started again. */
class Workers {
  private readonly running: ChildProcess[] = [];
  killed = 0;

  constructor(private readonly environment: Record<string, string>) {}

  start(): void {
    const env = { PATH: process.env.PATH, ...this.environment };
    this.running.push(spawn(process.execPath, ['dist/apps/worker/src/main.js'], { env, stdio: 'inherit' }));
  }

  /** The one that has run longest ends at once, wherever it is, and another takes its place. */
  async killOldest(): Promise<void> {
    if (this.killed >= KILLS) return;
    const oldest = this.running.shift();
    this.start();
    if (!oldest) return;
    const gone = once(oldest, 'exit');
    oldest.kill('SIGKILL');
    await gone;
    this.killed += 1;
  }

  async stop(): Promise<void> {
    await Promise.all(
      this.running.map(async (worker) => {
        const gone = once(worker, 'exit');
        worker.kill('SIGKILL');
        await gone;
      }),
    );
  }
}

describe.each(QUEUES)('workers that are killed every second, with the queue on %s', (queue: QueueKind) => {
  let api: RunningApi;
  let smtp: TestSmtpServer;
  let workers: Workers;

  beforeAll(async () => {
    smtp = await TestSmtpServer.start();
    api = await startApi({ ...SECRETS, SMTP_URL: smtp.url });
    workers = new Workers({
      ...SECRETS,
      DATABASE_URL: api.databaseUrl,
      SMTP_URL: smtp.url,
      LOG_LEVEL: 'fatal',
      LEASE_MS: '2000',
      SMTP_TIMEOUT_MS: '1000',
      RETRY_BACKOFF_MS: '50',
      RETRY_MAX_MS: '500',
      RING_MS: '1000',
      QUEUE_PREFIX: freshKeyPrefix(),
      ...(queue === 'Redis' ? { QUEUE_URL: testRedisUrl() ?? '' } : {}),
    });
  });
  afterAll(async () => {
    await workers.stop();
    await api.stop();
    await smtp.close();
  });

  it(`send each of ${INVOICES} customers one mail, or say that nobody knows`, async () => {
    await setUpWorkflow(api, 'TO_FINAL', { invoice: { type: 'TO_FINAL', include_pdf: true } });
    workers.start();
    workers.start();
    const killing = setInterval(() => void workers.killOldest(), 1_000);
    try {
      const invoices = await record(api);
      await until(async () => (await states(api)).waiting === 0, 120_000);
      const unknown = new Set((await states(api)).unknown);
      const mails = (email: string) => smtp.mails.filter(({ envelope }) => envelope.to.includes(email)).length;
      const counts = invoices.map(({ id, email }) => ({ id, mails: mails(email), unknown: unknown.has(id) }));
      expect(counts.filter((one) => one.mails > 1)).toEqual([]);
      expect(counts.filter((one) => one.mails === 0 && !one.unknown)).toEqual([]);
      expect(unknown.size).toBeLessThan(INVOICES / 5);
      expect(workers.killed).toBeGreaterThan(2);
    } finally {
      clearInterval(killing);
    }
  }, 150_000);
});

async function record(api: RunningApi): Promise<{ id: string; email: string }[]> {
  const invoices: { id: string; email: string }[] = [];
  for (let n = 0; n < INVOICES; n += 1) {
    const { status, body } = await api.call('PUT', '/v1/invoices', invoiceDocument());
    if (status !== 201) throw new Error(JSON.stringify(body));
    invoices.push({ id: body.id, email: body.customer.email });
  }
  return invoices;
}

async function states(api: RunningApi): Promise<{ waiting: number; unknown: string[] }> {
  const rows = await api.database.client.workflowActionExecution.findMany({ select: { state: true, invoiceId: true } });
  const isOver = (state: string) => ['SUCCEEDED', 'FAILED', 'SKIPPED', 'UNKNOWN'].includes(state);
  return {
    waiting: INVOICES - rows.filter(({ state }) => isOver(state)).length,
    unknown: rows.flatMap(({ state, invoiceId }) => (state === 'UNKNOWN' && invoiceId ? [invoiceId] : [])),
  };
}
