import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { serverUser } from './run-as.js';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.js';
import { projectRoot } from './migration-files.js';

/** Starts a server on `dataDir` in a process of its own, which then dies without a chance to stop it. */
function startAndDie(dataDir: string): Promise<void> {
  const script = `
    import { startEmbeddedPostgres } from '#database/embedded-postgres';
    await startEmbeddedPostgres({ dataDir: ${JSON.stringify(dataDir)}, durable: false });
    process.kill(process.pid, 'SIGKILL');`;
  const args = ['--conditions=test', '--import', './scripts/typescript.mjs', '--input-type=module', '-e', script];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { cwd: projectRoot() }, (error, _stdout, stderr) => {
      if (error?.signal === 'SIGKILL') resolve();
      else reject(new Error(`The process did not get as far as its death: ${stderr}`));
    });
  });
}

/** Starting a server takes a second; on a busy machine several (milliseconds). */
const SLOW = 30_000;

describe('startEmbeddedPostgres', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'embedded-postgres-'));
  let server: EmbeddedPostgres | undefined;

  const start = async () => (server = await startEmbeddedPostgres({ dataDir, durable: false }));
  async function query(sql: string): Promise<Record<string, unknown>[]> {
    const client = new Client({ connectionString: server!.url });
    await client.connect();
    try {
      const { rows } = await client.query<Record<string, unknown>>(sql);
      return rows;
    } finally {
      await client.end();
    }
  }

  afterEach(() => server?.stop());
  afterAll(() => rmSync(dataDir, { recursive: true }));

  it(
    'speaks UTF-8 and sorts by bytes',
    async () => {
      await start();
      const sorted =
        await query(`SELECT string_agg(t, '' ORDER BY t) AS sorted, current_setting('server_encoding') AS encoding
      FROM unnest(ARRAY['b', 'ä', 'B', '_', '1']) AS t`);
      expect(sorted).toEqual([{ sorted: '1B_bä', encoding: 'UTF8' }]);
    },
    SLOW,
  );

  it(
    'finds its data again',
    async () => {
      await start();
      await query('CREATE TABLE kept AS SELECT 1 AS one');
      await server!.stop();
      await start();
      expect(await query('SELECT one FROM kept')).toEqual([{ one: 1 }]);
    },
    SLOW,
  );

  it(
    'starts anew after its process was killed and the server went on alone',
    async () => {
      await startAndDie(dataDir);
      await start();
      expect(await query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    },
    SLOW,
  );

  it(
    'starts when the process id that a killed server left is another program by now',
    async () => {
      await start();
      await server!.stop();
      const another = spawn('sleep', ['60'], serverUser());
      writeFileSync(join(dataDir, 'pgdata', 'postmaster.pid'), `${another.pid}\n`);
      try {
        await start();
        expect(await query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
      } finally {
        another.kill();
      }
    },
    SLOW,
  );

  it(
    'refuses a folder that a living process uses, and leaves its server alone',
    async () => {
      await start();
      const { pid } = (await query('SELECT pg_backend_pid() AS pid'))[0]!;
      expect(pid).toBeGreaterThan(0);
      await expect(startEmbeddedPostgres({ dataDir })).rejects.toThrow(
        /is in use by process \d+\. Stop that one first/,
      );
      writeFileSync(join(dataDir, 'owner.pid'), `${process.ppid}\n`);
      await expect(startEmbeddedPostgres({ dataDir })).rejects.toThrow(/is in use by process/);
      expect(await query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    },
    SLOW,
  );

  it(
    'quotes the server when it does not start',
    async () => {
      const version = join(dataDir, 'pgdata', 'PG_VERSION');
      const before = readFileSync(version, 'utf8');
      writeFileSync(version, '9.6\n');
      try {
        await expect(start()).rejects.toThrow(/not compatible with this version/);
      } finally {
        writeFileSync(version, before);
      }
    },
    SLOW,
  );
});
