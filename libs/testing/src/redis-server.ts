import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';

export interface RedisServer {
  /** redis://127.0.0.1:port, the same after every restart. */
  url: string;
  stop(): Promise<void>;
  /** Starts it again after `stop`, empty: it keeps nothing on disk. */
  start(): Promise<void>;
  /** Lets it accept connections and answer nothing, until `thaw`. */
  freeze(): void;
  thaw(): void;
}

/**
 * Starts a Redis for tests: nothing on disk, and keeps every key (`noeviction`) unless `settings` says otherwise.
 * @param settings further options as on the command line, e.g. `['--maxmemory-policy', 'allkeys-lru']`.
 * @returns null when there is no `redis-server` on this machine.
 */
export async function startRedisServer(settings: string[] = []): Promise<RedisServer | null> {
  const port = await freePort();
  let server = await launch(port, settings);
  if (server === null) return null;
  return {
    url: `redis://127.0.0.1:${port}`,
    stop: async () => {
      if (server === null) return;
      const ended = once(server, 'exit');
      server.kill('SIGKILL');
      server = null;
      await ended;
    },
    start: async () => {
      server ??= await launch(port, settings);
    },
    freeze: () => void server?.kill('SIGSTOP'),
    thaw: () => void server?.kill('SIGCONT'),
  };
}

async function launch(port: number, settings: string[]): Promise<ChildProcess | null> {
  const memoryOnly = ['--save', '', '--appendonly', 'no', '--maxmemory-policy', 'noeviction'];
  const server = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', ...memoryOnly, ...settings], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const said: string[] = [];
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? resolve(null) : reject(error)));
    server.once('exit', () => reject(new Error(`redis-server ended before it was ready:\n${said.join('\n')}`)));
    createInterface({ input: server.stdout }).on('line', (line) => {
      said.push(line);
      if (/ready to accept connections/i.test(line)) resolve(server);
    });
  });
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('This machine gave out no free port.');
  return address.port;
}
