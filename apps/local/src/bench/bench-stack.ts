import { join } from 'node:path';
import { randomAlphanumerics } from '#kernel/ids';
import { startEmbeddedPostgres } from '#database/embedded-postgres';
import { migrate } from '#database/migrate';
import { ApiClient } from '../demo/api-client.js';
import { cpuOf, cpuOfFamily } from './cpu.js';
import { freePort } from './free-port.js';
import { Observer } from './observer.js';
import { Program } from './program.js';
import { startRedis } from './redis.js';
import { Sink } from './sink/sink.js';
import { until } from './until.js';

/** CPU so far, in milliseconds; null where it cannot be read. */
export interface CpuReading {
  api: number | null;
  worker: number | null;
  postgres: number | null;
  redis: number | null;
}

export interface BenchStack {
  api: ApiClient;
  sink: Sink;
  observer: Observer;
  queue: 'Redis' | 'PostgreSQL';
  postgresVersion: string;
  /** The worker's environment. */
  settings: { DATABASE_URL: string; SMTP_URL: string; PUBLIC_URL: string; ENCRYPTION_KEY: string };
  cpu(): Promise<CpuReading>;
  /** Paused before it meets a backlog. */
  worker: Pick<Program, 'pause' | 'resume' | 'stop'>;
  stop(): Promise<void>;
}

const START_MS = 30_000;
const API = new URL('../../../api/src/main.js', import.meta.url);
const WORKER = new URL('../../../worker/src/main.js', import.meta.url);

/**
 * The product as it is deployed: API and one worker in processes of their own, a durable PostgreSQL, Redis when it is
 * installed. Mail goes to the sink.
 * @param directory receives data and logs.
 */
export async function startBenchStack(directory: string): Promise<BenchStack> {
  const stops: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const end of stops.splice(0).reverse()) await end();
  };
  try {
    return { ...(await start(directory, stops)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function start(directory: string, stops: (() => Promise<unknown>)[]): Promise<Omit<BenchStack, 'stop'>> {
  const sink = new Sink();
  stops.push(() => sink.stop());
  const postgres = await startEmbeddedPostgres({ dataDir: join(directory, 'postgres') });
  stops.push(() => postgres.stop());
  const observer = await Observer.connect(postgres.url);
  stops.push(() => observer.close());
  const redis = await startRedis();
  if (redis) stops.push(() => redis.stop());

  const port = await freePort();
  const apiKey = `sk_${randomAlphanumerics(40)}`;
  const settings = {
    DATABASE_URL: await observer.makeDatabase(),
    SMTP_URL: await sink.url(),
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    ENCRYPTION_KEY: randomAlphanumerics(48),
  };
  await migrate(settings.DATABASE_URL);
  const apiSettings = { ...settings, PORT: String(port), HOST: '127.0.0.1', BOOTSTRAP_API_KEY: apiKey };
  const api = await Program.start(API, apiSettings, join(directory, 'api.log'));
  stops.push(() => api.stop());
  const workerSettings = { ...settings, ...(redis ? { QUEUE_URL: redis.url } : {}) };
  const worker = await Program.start(WORKER, workerSettings, join(directory, 'worker.log'));
  stops.push(() => worker.stop());
  await until(`The API's start (${directory}/api.log)`, START_MS, () => isReady(settings.PUBLIC_URL, api));

  const postmaster = await observer.postmasterPid();
  return {
    api: new ApiClient(settings.PUBLIC_URL, apiKey),
    sink,
    observer,
    queue: redis ? 'Redis' : 'PostgreSQL',
    postgresVersion: await observer.version(),
    settings,
    cpu: async () => ({
      api: await cpuOf(api.pid),
      worker: await cpuOf(worker.pid),
      postgres: await cpuOfFamily(postmaster),
      redis: redis && (await cpuOf(redis.pid)),
    }),
    worker,
  };
}

/** Whether the API answers. @throws when it has ended. */
export async function isReady(url: string, api: Program): Promise<boolean> {
  if (!api.running) throw new Error('The API ended at once; its log says why.');
  try {
    return (await fetch(`${url}/health/ready`)).ok;
  } catch {
    // It does not listen yet.
    return false;
  }
}
