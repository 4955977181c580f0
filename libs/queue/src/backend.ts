import { type Job, type JobsOptions, type Queue, type Worker } from 'bullmq';

/** The same BullMQ over one of two servers. */
export interface Backend {
  queue: Queue;
  /** Starts hearing; `process` never rejects. */
  listen(process: (job: Job) => Promise<void>, concurrency: number): Worker;
  /** Closes the ringing side; the worker has been closed before. */
  close(): Promise<void>;
}

export const QUEUE_NAME = 'executions';

/**
 * Rings leave nothing behind and are never repeated by the queue: retries belong to the ledger. There are no custom job
 * ids, because adding one that still exists would be ignored in silence.
 */
export const RING: JobsOptions = { attempts: 1, removeOnComplete: true, removeOnFail: true };

/** BullMQ keeps a stream of its own events, which nobody here reads. */
export const FEW_EVENTS = { events: { maxLen: 100 } };
