import { type Job, type Queue, type Worker } from 'bullmq';
import { z } from 'zod';
import { type Backend } from './backend.js';
import { inTime } from './in-time.js';
import { openPostgresBackend } from './postgres-backend.js';
import { openRedisBackend } from './redis-backend.js';

/** One pull at the doorbell: whose execution is due, and nothing else. */
export interface ExecutionJob {
  platformId: string;
  executionId: string;
}

export interface QueueOptions {
  /** redis:// or rediss://; undefined puts the queue into PostgreSQL, in the schema `bullmq`. */
  url: string | undefined;
  /** postgres://, used when `url` is undefined. A direct connection, not a transaction pooler: it LISTENs. */
  databaseUrl: string;
  /** Keeps queues apart that share a server; `billing-workflows` when absent. */
  prefix?: string;
  /** Lost connections, jobs that are none of ours, and handlers that threw. The queue itself goes on. */
  onError: (error: Error) => void;
  /** What could not be checked when the queue was opened, as a sentence for the log. */
  onWarning?: (sentence: string) => void;
}

export interface ListenOptions {
  /** Handlers that run at the same time in this process. */
  concurrency: number;
}

/** A ring takes no longer, or is given up: the sweep has other rows to look at (milliseconds). */
const PATIENCE_MS = 2_000;
/** How long BullMQ may take to note that handlers have ended (milliseconds). */
const CLOSE_MS = 1_000;

const executionJob: z.ZodType<ExecutionJob> = z.object({
  platformId: z.string().min(1),
  executionId: z.string().min(1),
});

/**
 * Opens the doorbell between the release and the workers: BullMQ on Redis or on PostgreSQL. It may lose every ring at
 * any time and may deliver one twice; the database knows what is due, and the claim decides who does it.
 * @throws when the server does not answer, or when Redis is set to evict keys: says how to set it.
 */
export async function openQueue(options: QueueOptions): Promise<ExecutionQueue> {
  const { url, databaseUrl, prefix = 'billing-workflows', onError } = options;
  const backend =
    url === undefined
      ? await openPostgresBackend(databaseUrl, prefix, onError)
      : await openRedisBackend(url, prefix, options);
  return new ExecutionQueue(backend, onError);
}

export class ExecutionQueue {
  private readonly queue: Queue;
  private worker: Worker | null = null;
  private readonly running = new Set<Promise<void>>();
  /** Rings whose handler was called and whose end BullMQ has not noted yet. */
  private unnoted = 0;
  private closed = false;

  constructor(
    private readonly backend: Backend,
    private readonly onError: (error: Error) => void,
  ) {
    this.queue = backend.queue;
  }

  /**
   * Rings for each of `jobs`, in one round trip. Ringing twice is allowed and heard twice.
   * @throws within 2 s when the server cannot be reached; some may have been rung for then. Ring again later.
   */
  async ring(jobs: readonly ExecutionJob[]): Promise<void> {
    if (jobs.length === 0) return;
    const rings = jobs.map(({ platformId, executionId }) => ({ name: 'ring', data: { platformId, executionId } }));
    await patiently(this.queue.addBulk(rings), 'ring');
  }

  /**
   * Calls `handler` for every ring from now on, until `close`. The handler settles its own failures; one that throws is
   * reported to `onError`, and is not called again for that ring.
   */
  async listen(handler: (job: ExecutionJob) => Promise<void>, { concurrency }: ListenOptions): Promise<void> {
    if (this.worker !== null) throw new Error('This queue is listened to already: open another one.');
    this.worker = this.backend.listen((job) => this.hear(job, handler), concurrency);
    this.worker.on('completed', () => (this.unnoted -= 1));
    await this.worker.waitUntilReady();
  }

  /** Rings that nobody has heard yet. */
  async waiting(): Promise<number> {
    return patiently(this.queue.getWaitingCount(), 'count the waiting rings');
  }

  /**
   * Hears no further ring, and waits for the handlers that run, `graceMs` at most.
   * @returns how many handlers had not ended by then; their leases will run out.
   */
  async close({ graceMs }: { graceMs: number }): Promise<{ stillRunning: number }> {
    if (this.worker !== null) await this.closeWorker(this.worker, graceMs);
    await this.backend.close();
    return { stillRunning: this.running.size };
  }

  /**
   * BullMQ's own polite close has no limit of time: it waits for its server to come back, although nothing runs any
   * more. So the politeness is here (fetch nothing, wait for handlers, wait until the queue has noted their ends), and
   * then BullMQ is closed by force.
   */
  private async closeWorker(worker: Worker, graceMs: number): Promise<void> {
    await worker.pause(true);
    await inTime(graceMs, this.idle());
    if (this.running.size === 0) await inTime(CLOSE_MS, this.noted(worker));
    this.closed = true;
    await worker.close(true);
  }

  private async idle(): Promise<void> {
    while (this.running.size > 0) await Promise.all(this.running);
  }

  private noted(worker: Worker): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (this.unnoted === 0) resolve();
      };
      worker.on('completed', look);
      look();
    });
  }

  private async hear(job: Job, handler: (job: ExecutionJob) => Promise<void>): Promise<void> {
    // A ring that was under way when the worker closed: the sweep will ring again.
    if (this.closed) return;
    this.unnoted += 1;
    const answer = this.answer(job, handler);
    this.running.add(answer);
    await answer;
    this.running.delete(answer);
  }

  private async answer(job: Job, handler: (job: ExecutionJob) => Promise<void>): Promise<void> {
    try {
      await handler(executionJob.parse(job.data));
    } catch (error) {
      this.onError(new Error(`Ring ${job.id ?? '?'} was answered with an error.`, { cause: error }));
    }
  }
}

async function patiently<T>(work: Promise<T>, what: string): Promise<T> {
  if (await inTime(PATIENCE_MS, work)) return work;
  throw new Error(`The queue took more than ${PATIENCE_MS / 1000} s to ${what}: is its server overloaded or gone?`);
}
