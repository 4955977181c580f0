import { z } from 'zod';

const milliseconds = (min: number, max: number) => z.coerce.number().int().min(min).max(max);

export const workerConfig = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgres:// URL' }),
  /** Database connections of this process; each mail under way needs one now and then. */
  DATABASE_CONNECTIONS: z.coerce.number().int().min(2).max(200).default(10),
  /** The doorbell: Redis, or the same PostgreSQL when it is not set. */
  QUEUE_URL: z.url({ protocol: /^rediss?$/, error: 'must be a redis:// or rediss:// URL' }).optional(),
  /** Keeps installations apart that share a Redis. */
  QUEUE_PREFIX: z.string().min(1).default('billing-workflows'),
  /** Where integrations of the variant SYSTEM send. */
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: 'must be an smtp:// or smtps:// URL' }).optional(),
  /** Where customers reach the pay page; payment links begin with it. */
  PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: 'must be an http or https URL' })
    .transform((url) => url.replace(/\/+$/, ''))
    .default('http://localhost:3000'),
  ENCRYPTION_KEY: z.string().min(32, 'must have at least 32 characters: openssl rand -hex 32').optional(),
  /** As in the API: webhooks may lead into private networks. */
  WEBHOOK_ALLOW_PRIVATE_ADDRESSES: z.stringbool().default(false),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace']).default('info'),
  /** Mails under way at the same time in this process. */
  EXECUTION_CONCURRENCY: z.coerce.number().int().min(1).max(200).default(20),
  /** How long a worker holds an execution before others may take it over. */
  LEASE_MS: milliseconds(1_000, 3_600_000).default(120_000),
  /** How long a mail server may take to connect or to answer. */
  SMTP_TIMEOUT_MS: milliseconds(100, 600_000).default(30_000),
  /** First wait after a transient failure; it doubles with each. */
  RETRY_BACKOFF_MS: milliseconds(1, 3_600_000).default(60_000),
  /** Longest wait between two tries, throttling included. */
  RETRY_MAX_MS: milliseconds(1, 86_400_000).default(28_800_000),
  /** Webhook events that were delivered or given up are deleted after so many days. */
  WEBHOOK_EVENT_DAYS: z.coerce.number().int().min(1).max(3_650).default(90),
  /** Where /health/live and /health/ready are answered; nowhere when it is not set. 0 takes any free port. */
  HEALTH_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
  /** How often due rows are looked for that nobody rang for. */
  SWEEP_INTERVAL_MS: milliseconds(10, 60_000).default(500),
  /** After this long without a claim a due row is rung for again: the queue may have been emptied. */
  RING_MS: milliseconds(100, 3_600_000).default(15_000),
});

export type WorkerConfig = z.output<typeof workerConfig>;

/** Injection token of the parsed configuration. */
export const WORKER_CONFIG = Symbol('WorkerConfig');
