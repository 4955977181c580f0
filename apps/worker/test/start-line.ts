import { type INestApplicationContext } from '@nestjs/common';
import { freshKeyPrefix, testRedisUrl } from '#testing/test-redis';
import { TestSmtpServer } from '#testing/smtp-server';
import { until } from '#testing/until';
import { type RunningApi, startApi } from '../../api/test/start-api.js';
import { createWorker } from '../src/create-worker.js';
import { workerConfig } from '../src/worker.config.js';
import { type QueueKind } from './queues.js';
import { makeWorkflow, systemIntegration } from './set-up-workflow.js';

/** Quick turns for tests: a second instead of minutes. */
const QUICK = {
  LEASE_MS: '5000',
  SMTP_TIMEOUT_MS: '2000',
  RETRY_BACKOFF_MS: '50',
  RETRY_MAX_MS: '200',
  RING_MS: '300',
};

export interface Line {
  api: RunningApi;
  smtp: TestSmtpServer;
  /** The one ACTIVE workflow's id by variant. */
  workflow(variant: string, settings?: object, action?: object): Promise<string>;
  /** Starts another worker over the same database and queue. */
  addWorker(settings?: Record<string, string>): Promise<INestApplicationContext>;
  /** The invoice's executions once all of them have ended. */
  ended(invoiceId: string): Promise<any[]>; // eslint-disable-line @typescript-eslint/no-explicit-any -- wire objects
  executions(invoiceId: string): Promise<any[]>; // eslint-disable-line @typescript-eslint/no-explicit-any -- wire objects
  stop(): Promise<void>;
}

/** API, workers, queue, database and mail server as a deployment has them, with nothing mocked. */
export async function startLine(
  queue: QueueKind = 'PostgreSQL',
  {
    workers = 1,
    settings = {},
    apiSettings = {},
  }: { workers?: number; settings?: Record<string, string>; apiSettings?: Record<string, string> } = {},
): Promise<Line> {
  const smtp = await TestSmtpServer.start();
  const secrets = { ENCRYPTION_KEY: 'k'.repeat(32), PUBLIC_URL: 'https://billing.example.com' };
  const api = await startApi({ ...secrets, SMTP_URL: smtp.url, ...apiSettings });
  const shared = {
    ...QUICK,
    ...secrets,
    DATABASE_URL: api.databaseUrl,
    SMTP_URL: smtp.url,
    LOG_LEVEL: 'fatal',
    QUEUE_PREFIX: freshKeyPrefix(),
    ...(queue === 'Redis' ? { QUEUE_URL: testRedisUrl() ?? undefined } : {}),
    ...settings,
  };
  const running: INestApplicationContext[] = [];
  const addWorker = async (own: Record<string, string> = {}) => {
    const worker = await createWorker(workerConfig.parse({ ...shared, ...own }));
    running.push(worker);
    return worker;
  };
  for (let n = 0; n < workers; n += 1) await addWorker();
  const integrationId = await systemIntegration(api);
  const executions = async (invoiceId: string) =>
    (await api.call('GET', `/v1/workflow-action-executions?invoice_id=${invoiceId}`)).body.data;
  return {
    api,
    smtp,
    addWorker,
    executions,
    workflow: (variant, config = {}, action = {}) => makeWorkflow(api, integrationId, variant, config, action),
    async ended(invoiceId) {
      const isOver = ({ status }: { status: string }) => status !== 'PENDING' && status !== 'IN_PROGRESS';
      await until(async () => {
        const all = await executions(invoiceId);
        return all.length > 0 && all.every(isOver);
      }, 60_000);
      return executions(invoiceId);
    },
    async stop() {
      await Promise.all(running.map((worker) => worker.close()));
      await api.stop();
      await smtp.close();
    },
  };
}
