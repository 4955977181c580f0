import { type INestApplicationContext } from '@nestjs/common';
import { freshKeyPrefix, testRedisUrl } from '#testing/test-redis';
import { TestSmtpServer } from '#testing/smtp-server';
import { until } from '#testing/until';
import { type RunningApi, startApi } from '../../api/test/start-api.js';
import { createWorker } from '../src/create-worker.js';
import { workerConfig } from '../src/worker.config.js';

export type QueueKind = 'PostgreSQL' | 'Redis';

/** The queues that this machine can test; global setup has said so when Redis is not one of them. */
export const QUEUES: QueueKind[] = testRedisUrl() ? ['PostgreSQL', 'Redis'] : ['PostgreSQL'];

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
  { workers = 1, settings = {} }: { workers?: number; settings?: Record<string, string> } = {},
): Promise<Line> {
  const smtp = await TestSmtpServer.start();
  const secrets = { ENCRYPTION_KEY: 'k'.repeat(32), PUBLIC_URL: 'https://billing.example.com' };
  const api = await startApi({ ...secrets, SMTP_URL: smtp.url });
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
  const integration = await api.call('POST', '/v1/integrations', {
    reference: 'system',
    name: 'System',
    type: 'EMAIL_PROVIDER',
    status: 'ACTIVE',
    email_provider: { variant: 'SYSTEM' },
  });
  const executions = async (invoiceId: string) =>
    (await api.call('GET', `/v1/workflow-action-executions?invoice_id=${invoiceId}`)).body.data;
  return {
    api,
    smtp,
    addWorker,
    executions,
    workflow: (variant, config = {}, action = {}) => makeWorkflow(api, integration.body.id, variant, config, action),
    async ended(invoiceId) {
      const isOver = ({ status }: { status: string }) => status !== 'PENDING' && status !== 'IN_PROGRESS';
      await until(async () => {
        const all = await executions(invoiceId);
        return all.length > 0 && all.every(isOver);
      }, 15_000);
      return executions(invoiceId);
    },
    async stop() {
      await Promise.all(running.map((worker) => worker.close()));
      await api.stop();
      await smtp.close();
    },
  };
}

const TEMPLATES: Record<string, string> = {
  TO_FINAL: 'invoice-final',
  OVERDUE: 'invoice-overdue',
  FAILED_PAYMENT: 'payment-failed',
};

async function makeWorkflow(api: RunningApi, integrationId: string, variant: string, config: object, action: object) {
  const type = variant === 'FAILED_PAYMENT' ? 'PAYMENT' : 'INVOICE';
  const block = type.toLowerCase();
  const workflow = await api.call('POST', '/v1/workflows', {
    reference: `${variant.toLowerCase()}-${Math.random().toString(36).slice(2)}`,
    name: variant,
    type,
    status: 'ACTIVE',
    [block]: { variant, ...config },
  });
  if (workflow.status !== 201) throw new Error(JSON.stringify(workflow.body));
  const made = await api.call('POST', '/v1/workflow-actions', {
    workflow_id: workflow.body.id,
    type: 'SEND_EMAIL_TO_CUSTOMER',
    status: 'ACTIVE',
    send_email_to_customer: {
      integration_id: integrationId,
      template_name: TEMPLATES[variant],
      from: { name: 'Billing', email: 'billing@seller.example' },
      variant: type,
      ...(type === 'INVOICE' ? { invoice: { type: variant, include_pdf: variant === 'TO_FINAL' } } : {}),
      ...action,
    },
  });
  if (made.status !== 201) throw new Error(JSON.stringify(made.body));
  return workflow.body.id as string;
}

/** A document as a billing backend hands it over; a test names only what it is about. */
export function invoiceDocument(overrides: Record<string, unknown> = {}): Record<string, unknown> {
  const number = `2026-${Math.random().toString(36).slice(2, 8)}`;
  return {
    invoice_number: number,
    type: 'STANDARD',
    status: 'FINAL',
    invoice_date: '2026-11-01T00:00:00Z',
    due_date: '2026-12-01T00:00:00Z',
    billing_currency: 'EUR',
    customer: {
      reference: `customer-${number}`,
      type: 'ORGANIZATION',
      email: `ap-${number}@customer.example`,
      organization: { legal_name: 'Customer Ltd' },
    },
    billing_entity: { reference: 'seller', legal_name: 'Seller B.V.' },
    invoice_amount_including_tax: { quantity: '121.00', currency: 'EUR' },
    periods: [
      { groups: [{ lines: [{ description: 'Work', amount_excluding_tax: { quantity: '100.00', currency: 'EUR' } }] }] },
    ],
    payment_actions: [
      { type: 'BANK_ACCOUNT', bank_account: { legal_name: 'Seller B.V.', iban: 'NL91ABNA0417164300' } },
    ],
    ...overrides,
  };
}
