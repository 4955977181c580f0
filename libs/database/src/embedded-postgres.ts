import { randomBytes } from 'node:crypto';
import { chmod, chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { type PostgresBinaries, embeddedBinaries } from './embedded-binaries.js';
import { runAs, type ServerUser, serverUser } from './run-as.js';
import { holdFolder, removeStalePidFile, runningPostmaster } from './embedded-lock.js';

export interface EmbeddedPostgresOptions {
  /** Belongs to the server alone and keeps its data; created when it is missing. */
  dataDir: string;
  /** On 127.0.0.1; a free one when absent. */
  port?: number;
  /** False trades safety at a power cut for speed: for tests. */
  durable?: boolean;
}

export interface EmbeddedPostgres {
  /** postgres://… of the database `postgres`, as superuser. */
  url: string;
  /** Stops at once (sessions are ended, data is safe). May be called twice. */
  stop(): Promise<void>;
}

const USER = 'postgres';
const SETTINGS = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'timezone=UTC', 'log_timezone=UTC'];
const FAST_SETTINGS = [
  'fsync=off',
  'synchronous_commit=off',
  'full_page_writes=off',
  'wal_level=minimal',
  'max_wal_senders=0',
  'max_connections=300',
  'autovacuum=off',
];

/**
 * Starts a PostgreSQL server of our own in `dataDir`: UTF-8, locale C (so that text sorts by bytes, as ids do), a random
 * password, reachable from this machine only. Data of an earlier run is found again, also after a crash; a server that
 * a killed process left behind is ended first.
 * @throws when another living process uses `dataDir`, or the server does not start: quotes its log.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { durable = true } = options;
  const folder = resolve(options.dataDir);
  const binaries = await embeddedBinaries();
  const server = new Server(folder, binaries, serverUser(dirname(binaries.initdb), dirname(folder)));
  await server.makeFolder();
  const release = await holdFolder(folder);
  try {
    await server.endLeftover();
    const password = await server.initialise(durable);
    const port = options.port ?? (await freePort());
    await server.start(port, durable ? SETTINGS : [...SETTINGS, ...FAST_SETTINGS]);
    return {
      url: `postgres://${USER}:${password}@127.0.0.1:${port}/postgres`,
      stop: async () => {
        await server.stop();
        await release();
      },
    };
  } catch (error) {
    await release();
    throw error;
  }
}

class Server {
  private readonly data: string;
  private readonly log: string;
  private readonly passwordFile: string;

  constructor(
    private readonly folder: string,
    private readonly binaries: PostgresBinaries,
    private readonly user: ServerUser,
  ) {
    this.data = join(folder, 'pgdata');
    this.log = join(folder, 'server.log');
    this.passwordFile = join(folder, 'password');
  }

  async makeFolder(): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    await chmod(this.folder, 0o700);
    await this.give(this.folder);
  }

  async endLeftover(): Promise<void> {
    await removeStalePidFile(this.data);
    await this.stop();
  }

  /** Makes the cluster once, elsewhere and then renamed, so that a kill in between leaves nothing half made. */
  async initialise(durable: boolean): Promise<string> {
    if (existsSync(this.data)) return (await readFile(this.passwordFile, 'utf8')).trim();
    const password = randomBytes(18).toString('hex');
    await writeFile(this.passwordFile, `${password}\n`, { mode: 0o600 });
    await this.give(this.passwordFile);
    const unfinished = `${this.data}.new`;
    await rm(unfinished, { recursive: true, force: true });
    await this.run(this.binaries.initdb, [
      `--pgdata=${unfinished}`,
      `--username=${USER}`,
      `--pwfile=${this.passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      ...(durable ? [] : ['--no-sync']),
    ]);
    await rename(unfinished, this.data);
    return password;
  }

  async start(port: number, settings: string[]): Promise<void> {
    const flags = [`-p ${port}`, ...settings.map((setting) => `-c ${setting}`)].join(' ');
    await rm(this.log, { force: true });
    // pg_ctl puts the server in a session of its own: a Ctrl-C in the terminal reaches our processes only, which finish
    // their work and stop the server last.
    await this.run(this.binaries.pgCtl, ['start', '-w', '-t', '60', '-D', this.data, '-l', this.log, '-o', flags]);
  }

  async stop(): Promise<void> {
    if ((await runningPostmaster(this.data)) === null) return;
    await this.run(this.binaries.pgCtl, ['stop', '-w', '-t', '60', '-m', 'fast', '-D', this.data]);
  }

  private async give(path: string): Promise<void> {
    if (this.user.uid !== undefined && this.user.gid !== undefined) await chown(path, this.user.uid, this.user.gid);
  }

  private async run(program: string, args: string[]): Promise<void> {
    try {
      // The server must not inherit our environment (PGPORT and its like), nor a folder that its user may not enter.
      const env = { PATH: process.env.PATH, LC_ALL: 'C', SystemRoot: process.env.SystemRoot };
      await runAs(this.user, program, args, { cwd: this.folder, env });
    } catch (error) {
      const output = error as { stderr?: string; message?: string };
      const log = existsSync(this.log) ? await readFile(this.log, 'utf8') : '';
      const said = [output.stderr?.trim(), log.trim().split('\n').slice(-8).join('\n')].filter(Boolean).join('\n');
      throw new Error(
        `The embedded PostgreSQL in ${this.folder} did not do what it should:\n${said || String(error)}`,
        {
          cause: error,
        },
      );
    }
  }
}

function freePort(): Promise<number> {
  return new Promise((resolvePort, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => {
        if (address !== null && typeof address === 'object') resolvePort(address.port);
        else reject(new Error('This machine gave out no free port on 127.0.0.1.'));
      });
    });
  });
}
