import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { type Database } from '#database/database';
import { type ExecutionQueue } from '#queue/execution-queue';
import { inTime } from '#queue/in-time';
import { type WorkerLoops } from '../worker-loops.js';

/** A database that takes longer is no database to work with (milliseconds). */
const PATIENCE_MS = 2_000;

type Check = () => Promise<string | null>;

/**
 * Tells whoever runs the worker how it is: `/health/live` while the process answers at all, `/health/ready` while it can work,
 * else 503 with the reason. Without a port it listens nowhere.
 */
export class HealthServer implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly server: Server;

  constructor(
    private readonly port: number | undefined,
    private readonly loops: Pick<WorkerLoops, 'stuck'>,
    private readonly database: Pick<Database, 'ping'>,
    private readonly queue: Pick<ExecutionQueue, 'waiting'>,
  ) {
    const checks: Record<string, Check> = {
      '/health/live': () => Promise.resolve(null),
      '/health/ready': () => this.problem(),
    };
    this.server = createServer((request, response) => {
      const check = checks[request.url ?? ''];
      const answer = (status: number, body: object) =>
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      if (!check) answer(404, { status: 'not found' });
      else void check().then((reason) => (reason ? answer(503, { status: 'unavailable', reason }) : answer(200, OK)));
    });
  }

  /** Where it listens. */
  get address(): AddressInfo {
    return this.server.address() as AddressInfo;
  }

  async onApplicationBootstrap(): Promise<void> {
    if (this.port === undefined) return;
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject).listen(this.port, resolve);
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    if (!this.server.listening) return;
    await new Promise((resolve) => {
      this.server.close(resolve);
      this.server.closeAllConnections();
    });
  }

  /** What keeps the worker from working; null when nothing does. Never rejects. */
  private async problem(): Promise<string | null> {
    const [database, queue] = await Promise.all([
      answers(() => this.database.ping()),
      answers(() => this.queue.waiting()),
    ]);
    if (!database) return 'The database does not answer.';
    if (!queue) return 'The queue does not answer.';
    const stuck = this.loops.stuck();
    return stuck.length > 0 ? `A loop does not come round: ${stuck.join(', ')}.` : null;
  }
}

const OK = { status: 'ok' };

async function answers(ask: () => Promise<unknown>): Promise<boolean> {
  try {
    return await inTime(PATIENCE_MS, ask());
  } catch {
    // That it does not answer is the news; why is in the worker's own log.
    return false;
  }
}
