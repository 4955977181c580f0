/**
 * The servers of a test run, in a process of their own. Prints their addresses as one line of JSON when all are up; ends
 * them and itself when its input closes, so that nothing outlives the tests, even if those are killed.
 */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { startEmbeddedPostgres } from '#database/embedded-postgres';
import { startRedisServer } from './redis-server.js';
import { type TestAddresses } from './test-addresses.js';

interface PostgresForTests {
  databaseUrl: string;
  stop(): Promise<void>;
}

async function startPostgres(): Promise<PostgresForTests> {
  const given = process.env.TEST_DATABASE_URL;
  if (given !== undefined && given !== '') return { databaseUrl: given, stop: () => Promise.resolve() };
  const dataDir = await mkdtemp(join(tmpdir(), 'billing-workflows-test-'));
  const server = await startEmbeddedPostgres({ dataDir, durable: false });
  return {
    databaseUrl: server.url,
    stop: async () => {
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Nobody may connect to the template, because PostgreSQL clones no database that is in use. */
async function createTemplate(databaseUrl: string, template: string): Promise<void> {
  await withClient(databaseUrl, (client) => client.query(`CREATE DATABASE ${template} TEMPLATE template0`));
  const url = new URL(databaseUrl);
  url.pathname = `/${template}`;
  const { migrate } = await engine;
  await migrate(url.href);
  await withClient(databaseUrl, (client) => client.query(`ALTER DATABASE ${template} ALLOW_CONNECTIONS false`));
}

/** The template and what tests that were stopped halfway left of its clones. */
async function dropDatabases(databaseUrl: string, template: string): Promise<void> {
  await withClient(databaseUrl, async (client) => {
    const { rows } = await client.query<{ datname: string }>('SELECT datname FROM pg_database WHERE datname ^@ $1', [
      template,
    ]);
    for (const { datname } of rows) await client.query(`DROP DATABASE IF EXISTS ${datname} WITH (FORCE)`);
  });
}

async function withClient(databaseUrl: string, work: (client: Client) => Promise<unknown>): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

// Loaded while the database starts: the tests wait for both.
const engine = import('#database/migrate');
const template = `test_${randomBytes(4).toString('hex')}`;
const [redis, postgres] = await Promise.all([startRedisServer(), startPostgres()]);
let stopping = false;

async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  await redis?.stop();
  if (process.env.TEST_DATABASE_URL) await dropDatabases(postgres.databaseUrl, template);
  await postgres.stop();
  process.exit();
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void stop());
process.stdin.resume().once('close', () => void stop());

try {
  await createTemplate(postgres.databaseUrl, template);
  const addresses: TestAddresses = { databaseUrl: postgres.databaseUrl, template, redisUrl: redis?.url ?? null };
  process.stdout.write(`${JSON.stringify(addresses)}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
  await stop();
}
