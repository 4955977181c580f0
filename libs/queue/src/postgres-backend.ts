import { Queue, Worker, createPostgresBackend } from 'bullmq';
import { inTime } from './in-time.js';
import { type Backend, FEW_EVENTS, QUEUE_NAME, RING } from './backend.js';

/** Connections for ringing and for hearing; a worker that LISTENs has one more. */
const RINGING_CONNECTIONS = 2;
const HEARING_CONNECTIONS = 4;
/** How long BullMQ may take to end its connections politely (milliseconds). */
const CLOSE_MS = 1_000;
/** How long a connection may take before it is given up (milliseconds). */
const CONNECT_MS = 15_000;

/** Makes the schema `bullmq` when it is not there, and brings it to this version of BullMQ. */
export async function openPostgresBackend(
  databaseUrl: string,
  prefix: string,
  onError: (error: Error) => void,
): Promise<Backend> {
  const connection = {
    connectionString: databaseUrl,
    schema: 'bullmq',
    migrate: true,
    connectionTimeoutMillis: CONNECT_MS,
    application_name: 'billing-workflows queue',
  };
  const name = `${prefix}-${QUEUE_NAME}`;
  const queue = new Queue(
    name,
    { connection: { ...connection, max: RINGING_CONNECTIONS }, defaultJobOptions: RING, streams: FEW_EVENTS },
    createPostgresBackend,
  );
  queue.on('error', onError);
  try {
    await queue.waitUntilReady();
  } catch (error) {
    await queue.close();
    throw new Error('The queue could not be opened in PostgreSQL (schema bullmq). Check DATABASE_URL and its rights.', {
      cause: error,
    });
  }
  return {
    queue: queue as unknown as Backend['queue'],
    listen: (process, concurrency) => {
      const worker = new Worker(
        name,
        process,
        { connection: { ...connection, max: HEARING_CONNECTIONS }, concurrency },
        createPostgresBackend,
      );
      worker.on('error', onError);
      return worker as unknown as ReturnType<Backend['listen']>;
    },
    close: async () => {
      await inTime(CLOSE_MS, queue.close());
    },
  };
}
