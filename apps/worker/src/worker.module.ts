import { type DynamicModule, Module } from '@nestjs/common';
import { SendEmailToCustomer } from '#actions/send-email-to-customer/handler';
import { PayLinks } from '#billing/payment-links/pay-link';
import { linkSecret } from '#billing/payment-links/link-secret';
import { secretReader } from '#billing/integrations/secret-box';
import { Database } from '#database/database';
import { InvoicePrinter } from '#documents/invoice-printer';
import { emailProviders } from '#email/providers/index';
import { createLogger, type Logger } from '#observe/logger';
import { ExecutionQueue, openQueue } from '#queue/execution-queue';
import { MailRenderer } from '#templates/render-mail';
import { EmailRoutes } from './executions/email-routes.js';
import { PrepareExecution } from './executions/prepare-execution.js';
import { RunExecution } from './executions/run-execution.js';
import { SendMail } from './executions/send-mail.js';
import { HealthServer } from './health/health-server.js';
import { WORKER_CONFIG, type WorkerConfig } from './worker.config.js';
import { WorkerLoops } from './worker-loops.js';

/** Tries of one mail: with the default waits about 48 hours. */
const MAX_ATTEMPTS = 17;

const LOGGER = Symbol('Logger');
const PROVIDERS = Symbol('EmailProviders');

@Module({})
export class WorkerModule {
  static with(config: WorkerConfig): DynamicModule {
    return {
      module: WorkerModule,
      providers: [
        { provide: WORKER_CONFIG, useValue: config },
        { provide: LOGGER, useFactory: () => createLogger({ level: config.LOG_LEVEL, name: 'worker' }) },
        {
          provide: Database,
          useFactory: () =>
            new Database({
              url: config.DATABASE_URL,
              connections: config.DATABASE_CONNECTIONS,
              name: 'billing-worker',
            }),
        },
        { provide: InvoicePrinter, useFactory: () => new InvoicePrinter() },
        {
          provide: PROVIDERS,
          useFactory: () =>
            emailProviders({ timeoutMs: config.SMTP_TIMEOUT_MS, maxConnections: config.EXECUTION_CONCURRENCY }),
        },
        {
          provide: ExecutionQueue,
          inject: [LOGGER],
          useFactory: (logger: Logger) =>
            openQueue({
              url: config.QUEUE_URL,
              databaseUrl: config.DATABASE_URL,
              prefix: config.QUEUE_PREFIX,
              onError: (error) => logger.error({ err: error }, 'queue'),
              onWarning: (sentence) => logger.warn(sentence),
            }),
        },
        {
          provide: SendEmailToCustomer,
          inject: [Database, InvoicePrinter],
          useFactory: async (database: Database, printer: InvoicePrinter) => {
            const renderer = new MailRenderer();
            const [secret] = await Promise.all([linkSecret(database, config.ENCRYPTION_KEY), renderer.prepare()]);
            return new SendEmailToCustomer(renderer, printer, new PayLinks(secret, config.PUBLIC_URL));
          },
        },
        {
          provide: RunExecution,
          inject: [Database, SendEmailToCustomer, PROVIDERS, LOGGER],
          useFactory: (
            database: Database,
            action: SendEmailToCustomer,
            providers: ReturnType<typeof emailProviders>,
            logger: Logger,
          ) => {
            const routes = new EmailRoutes(providers, config.SMTP_URL, secretReader(config.ENCRYPTION_KEY));
            const prepare = new PrepareExecution(database, action, routes, config.LEASE_MS);
            const retries = {
              backoffMs: config.RETRY_BACKOFF_MS,
              maxMs: config.RETRY_MAX_MS,
              maxAttempts: MAX_ATTEMPTS,
            };
            return new RunExecution(database, prepare, new SendMail(database, config.SMTP_TIMEOUT_MS), retries, logger);
          },
        },
        {
          provide: WorkerLoops,
          inject: [Database, ExecutionQueue, RunExecution, InvoicePrinter, PROVIDERS, LOGGER],
          useFactory: (
            ...parts: [
              Database,
              ExecutionQueue,
              RunExecution,
              InvoicePrinter,
              ReturnType<typeof emailProviders>,
              Logger,
            ]
          ) => new WorkerLoops(config, ...parts),
        },
        {
          provide: HealthServer,
          inject: [WorkerLoops, Database, ExecutionQueue],
          useFactory: (loops: WorkerLoops, database: Database, queue: ExecutionQueue) =>
            new HealthServer(config.HEALTH_PORT, loops, database, queue),
        },
      ],
    };
  }
}
