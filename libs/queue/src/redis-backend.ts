import { Queue, Worker } from 'bullmq';
import { Redis, type RedisOptions, ReplyError } from 'ioredis';
import { inTime } from './in-time.js';
import { type Backend, FEW_EVENTS, QUEUE_NAME, RING } from './backend.js';

interface Reports {
  onError: (error: Error) => void;
  onWarning?: (sentence: string) => void;
}

/** How long a connection may take before it is given up (milliseconds). */
const CONNECT_MS = 2_000;
/**
 * How long one blocking read lasts (seconds). BullMQ leaves a timer of this length and a second behind when it closes,
 * and the process lives on for as long.
 */
const DRAIN_DELAY_S = 1;
/** How long BullMQ may take to end its connections politely (milliseconds). */
const CLOSE_MS = 1_000;

/**
 * @param prefix of every key; it is put in braces, so that in a cluster all keys of the queue are on one node.
 * @throws when Redis does not answer within 2 s, or evicts keys.
 */
export async function openRedisBackend(url: string, prefix: string, reports: Reports): Promise<Backend> {
  const policy = await evictionPolicyAt(url);
  if (policy === null) reports.onWarning?.(POLICY_UNKNOWN);
  else if (policy !== 'noeviction') throw new Error(evicts(policy));

  const clients = new Clients(url);
  // Where not even INFO is allowed, BullMQ cannot learn the version: it then takes the oldest that it knows.
  const common = { prefix: `{${prefix}}`, skipVersionCheck: policy === null };
  const queue = new Queue(QUEUE_NAME, {
    ...common,
    connection: clients.open(ringing),
    defaultJobOptions: RING,
    streams: FEW_EVENTS,
  });
  queue.on('error', reports.onError);
  await queue.waitUntilReady();
  return {
    queue,
    listen: (process, concurrency) => {
      const connection = clients.open(hearing);
      const worker = new Worker(QUEUE_NAME, process, { ...common, connection, concurrency, drainDelay: DRAIN_DELAY_S });
      worker.on('error', reports.onError);
      return worker;
    },
    close: async () => {
      await inTime(CLOSE_MS, queue.close());
      clients.cut();
    },
  };
}

/**
 * Every connection of this queue, those included that BullMQ duplicates for its blocking reads. We keep them because
 * BullMQ closes a connection by QUIT, which waits for as long as Redis is away.
 */
class Clients {
  private readonly clients: Redis[] = [];

  constructor(private readonly url: string) {}

  open(options: RedisOptions): Redis {
    return this.keep(new Redis(this.url, options));
  }

  cut(): void {
    for (const client of this.clients) client.disconnect();
  }

  private keep(client: Redis): Redis {
    client.duplicate = (override) => this.keep(new Redis({ ...client.options, ...override }));
    this.clients.push(client);
    return client;
  }
}

const reconnect = (times: number): number => Math.min(times * 100, 2_000);

/** A ring fails at once while Redis is away: the row stays due, and the next sweep rings again. */
const ringing: RedisOptions = {
  connectTimeout: CONNECT_MS,
  retryStrategy: reconnect,
  maxRetriesPerRequest: 1,
  enableOfflineQueue: false,
};

/** A worker waits for Redis to come back, for as long as it takes. */
const hearing: RedisOptions = { connectTimeout: CONNECT_MS, retryStrategy: reconnect, maxRetriesPerRequest: null };

/**
 * How Redis makes room when its memory is full; null when this user may not ask. Anything but `noeviction` would tear
 * jobs apart: the queue must be all there or not at all.
 */
async function evictionPolicyAt(url: string): Promise<string | null> {
  const redis = new Redis(url, { connectTimeout: CONNECT_MS, retryStrategy: () => null, lazyConnect: true });
  // The reason is in the error that connect() rejects with.
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    return await evictionPolicy(redis);
  } catch (error) {
    throw new Error(`The queue's Redis at ${hostOf(url)} does not answer. Check QUEUE_URL.`, { cause: error });
  } finally {
    redis.disconnect();
  }
}

const POLICY_UNKNOWN =
  'Redis does not let us read its maxmemory-policy (CONFIG GET and INFO are forbidden). ' +
  'Make sure that it is noeviction: any other loses jobs when memory runs short.';

const evicts = (policy: string): string =>
  `The queue's Redis has maxmemory-policy ${policy} and would throw jobs away when memory runs short. ` +
  'Set it to noeviction (CONFIG SET maxmemory-policy noeviction, and in redis.conf), or leave QUEUE_URL empty.';

/** `maxmemory-policy`, or null when this user may not ask, as with some hosted Redis. */
async function evictionPolicy(redis: Redis): Promise<string | null> {
  const asked = await allowed(() => redis.config('GET', 'maxmemory-policy'));
  if (Array.isArray(asked) && typeof asked[1] === 'string') return asked[1];
  const info = await allowed(() => redis.info('memory'));
  return info === null ? null : (/^maxmemory_policy:(\S+)/m.exec(info)?.[1] ?? null);
}

/** What Redis answers, or null when it refuses the command. */
async function allowed<T>(command: () => Promise<T>): Promise<T | null> {
  try {
    return await command();
  } catch (error) {
    if (error instanceof ReplyError) return null;
    throw error;
  }
}

/** Host and port, without the password that the address may hold. */
function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : 'an address that is no URL';
}
