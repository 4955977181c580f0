import { join } from 'node:path';
import { type AddressInfo, createServer } from 'node:net';
import { apiConfig } from '#api/api.config';
import { createApi } from '#api/create-api';
import { startEmbeddedPostgres } from '#database/embedded-postgres';
import { migrate } from '#database/migrate';
import { createWorker } from '#worker/create-worker';
import { workerConfig } from '#worker/worker.config';
import { Inbox } from './inbox/inbox.js';
import { inboxRoutes } from './inbox/inbox-routes.js';

export interface LocalStackOptions {
  /** Everything that the stack keeps lies below it. */
  dataDir: string;
  /** 0 takes any free port. */
  port: number;
  apiKey: string;
  encryptionKey: string;
  /** Further settings of api and worker, by their names in the environment. */
  settings?: Record<string, string | undefined>;
  /** False for stacks that are thrown away: faster, and not safe at a power cut. */
  durable?: boolean;
}

export interface LocalStack {
  url: string;
  databaseUrl: string;
  stop(): Promise<void>;
}

/**
 * The whole product in one process, with nothing installed: PostgreSQL, migrations, inbox, API, worker. What had started is
 * stopped again when a later part fails.
 * @throws Error whose message says which part failed; the port's EADDRINUSE as it is.
 */
export async function startLocalStack(options: LocalStackOptions): Promise<LocalStack> {
  const stops: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const end of stops.splice(0).reverse()) await end();
  };
  try {
    const postgres = await startEmbeddedPostgres({
      dataDir: join(options.dataDir, 'postgres'),
      durable: options.durable ?? true,
    });
    stops.push(() => postgres.stop());
    await migrate(postgres.url);
    const inbox = new Inbox({ directory: join(options.dataDir, 'inbox') });
    await inbox.start();
    stops.push(() => inbox.stop());

    const port = options.port === 0 ? await freePort() : options.port;
    const url = `http://localhost:${port}`;
    const environment = {
      // On a laptop whoever writes a webhook's URL could reach its addresses anyway.
      WEBHOOK_ALLOW_PRIVATE_ADDRESSES: 'true',
      ...options.settings,
      DATABASE_URL: postgres.url,
      SMTP_URL: inbox.url,
      PORT: String(port),
      PUBLIC_URL: url,
      HOST: '127.0.0.1',
      ENCRYPTION_KEY: options.encryptionKey,
      BOOTSTRAP_API_KEY: options.apiKey,
      LOG_LEVEL: options.settings?.LOG_LEVEL ?? 'warn',
    };
    const api = await createApi(apiConfig.parse(environment), (server) => void server.register(inboxRoutes(inbox)));
    stops.push(() => api.close());
    await api.listen(port, '127.0.0.1');
    const worker = await createWorker(workerConfig.parse(environment));
    stops.push(() => worker.close());
    return { url, databaseUrl: postgres.url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
