import { jest } from '@jest/globals';
import { Queue, createPostgresBackend } from 'bullmq';
import { type RedisServer, startRedisServer } from '#testing/redis-server';
import { type TestDatabase, createTestDatabase } from '#testing/test-database';
import { freshKeyPrefix, testRedisUrl } from '#testing/test-redis';
import { until } from '#testing/until';
import { type ExecutionJob, type ExecutionQueue, type QueueOptions, openQueue } from './execution-queue.js';

/** A handler's promise that the test ends itself. */
function gate(): { opened: Promise<void>; open: () => void } {
  let open!: () => void;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}

const ring = (executionId: string): ExecutionJob => ({ platformId: 'plat_1', executionId });

const BACKENDS = [
  { name: 'PostgreSQL', redis: false },
  { name: 'Redis', redis: true },
] as const;

/** PostgreSQL's part takes seconds on a busy machine (milliseconds). */
jest.setTimeout(20_000);

describe.each(BACKENDS)('the queue on $name', ({ redis }) => {
  const redisUrl = testRedisUrl();
  const test = redis && redisUrl === null ? it.skip : it;
  let database: TestDatabase;
  let options: QueueOptions;
  let errors: Error[];
  const opened: ExecutionQueue[] = [];

  beforeAll(async () => {
    database = await createTestDatabase({ empty: true });
  });
  afterAll(() => database.drop());

  beforeEach(() => {
    errors = [];
    const url = redis ? (redisUrl ?? undefined) : undefined;
    options = { url, databaseUrl: database.url, prefix: freshKeyPrefix(), onError: (error) => errors.push(error) };
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((queue) => queue.close({ graceMs: 1_000 })));
  });

  async function open(): Promise<ExecutionQueue> {
    const queue = await openQueue(options);
    opened.push(queue);
    return queue;
  }

  /** BullMQ itself, on the same queue: for what nobody else may do to it. */
  function rawQueue(): Queue {
    if (redis) return new Queue('executions', { prefix: `{${options.prefix}}`, connection: { url: options.url! } });
    const connection = { connectionString: database.url, schema: 'bullmq' };
    return new Queue(`${options.prefix}-executions`, { connection }, createPostgresBackend) as unknown as Queue;
  }

  test('hears a ring once, with the ids and nothing else', async () => {
    const queue = await open();
    const heard: unknown[] = [];
    await queue.listen((job) => Promise.resolve(void heard.push(job)), { concurrency: 5 });
    const withMore = { ...ring('wkfe_1'), email: 'ada@example.com' };
    await queue.ring([withMore]);
    await until(() => heard.length > 0);
    await until(async () => (await queue.waiting()) === 0);
    expect(heard).toEqual([ring('wkfe_1')]);
  });

  test('hears what was rung before anybody listened', async () => {
    const queue = await open();
    await queue.ring([ring('wkfe_1'), ring('wkfe_2')]);
    expect(await queue.waiting()).toBe(2);
    const heard: string[] = [];
    await queue.listen((job) => Promise.resolve(void heard.push(job.executionId)), { concurrency: 1 });
    await until(() => heard.length === 2);
    expect(heard).toEqual(['wkfe_1', 'wkfe_2']);
  });

  test('hears every one of three hundred rings once, shared between two listeners', async () => {
    const first = await open();
    const second = await open();
    const heard: string[] = [];
    const hear = (job: ExecutionJob) => Promise.resolve(void heard.push(job.executionId));
    await first.listen(hear, { concurrency: 20 });
    await second.listen(hear, { concurrency: 20 });
    const ids = Array.from({ length: 300 }, (_, i) => `wkfe_${i}`);
    await first.ring(ids.map(ring));
    await until(() => heard.length >= ids.length, 20_000);
    expect(heard.sort()).toEqual(ids.sort());
  });

  test('rings again for an execution whose ring was heard', async () => {
    const queue = await open();
    const heard: string[] = [];
    await queue.listen((job) => Promise.resolve(void heard.push(job.executionId)), { concurrency: 1 });
    await queue.ring([ring('wkfe_1')]);
    await until(() => heard.length === 1);
    await queue.ring([ring('wkfe_1')]);
    await until(() => heard.length === 2);
    expect(heard).toEqual(['wkfe_1', 'wkfe_1']);
  });

  test('takes an empty list as nothing to do', async () => {
    const queue = await open();
    await queue.ring([]);
    expect(await queue.waiting()).toBe(0);
  });

  test('reports a handler that throws, does not call it again, and goes on', async () => {
    const queue = await open();
    const heard: string[] = [];
    const hear = (job: ExecutionJob) => {
      heard.push(job.executionId);
      return job.executionId === 'wkfe_bad' ? Promise.reject(new Error('broken')) : Promise.resolve();
    };
    await queue.listen(hear, { concurrency: 1 });
    await queue.ring([ring('wkfe_bad'), ring('wkfe_good')]);
    await until(() => heard.includes('wkfe_good'));
    await until(async () => (await queue.waiting()) === 0);
    expect(heard).toEqual(['wkfe_bad', 'wkfe_good']);
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatchObject({ cause: { message: 'broken' } });
  });

  test('reports a job that is no ring, and calls nobody for it', async () => {
    const queue = await open();
    const raw = rawQueue();
    const heard: string[] = [];
    await queue.listen((job) => Promise.resolve(void heard.push(job.executionId)), { concurrency: 1 });
    await raw.add('ring', { executionId: 7 }, { removeOnComplete: true });
    await raw.close();
    await until(() => errors.length > 0);
    await queue.ring([ring('wkfe_1')]);
    await until(() => heard.length > 0);
    expect(heard).toEqual(['wkfe_1']);
  });

  test('keeps no job that has ended', async () => {
    const queue = await open();
    let heard = 0;
    const hear = () => {
      heard += 1;
      return heard === 1 ? Promise.reject(new Error('broken')) : Promise.resolve();
    };
    await queue.listen(hear, { concurrency: 1 });
    await queue.ring([ring('wkfe_1'), ring('wkfe_2')]);
    const raw = rawQueue();
    await until(async () => heard === 2 && (await raw.getJobCountByTypes('active', 'wait')) === 0);
    expect(await raw.getJobCounts('completed', 'failed', 'delayed')).toEqual({ completed: 0, failed: 0, delayed: 0 });
    await raw.close();
  });

  test('takes no further ring once it closes, and waits for the handlers that run', async () => {
    const queue = await open();
    const { opened: mayEnd, open: end } = gate();
    const heard: string[] = [];
    let ended = 0;
    await queue.listen(
      async (job) => {
        heard.push(job.executionId);
        await mayEnd;
        ended += 1;
      },
      { concurrency: 2 },
    );
    await queue.ring(['wkfe_1', 'wkfe_2', 'wkfe_3', 'wkfe_4'].map(ring));
    await until(() => heard.length === 2);
    const closing = queue.close({ graceMs: 10_000 });
    const another = await open();
    expect(await another.waiting()).toBe(2);
    end();
    expect(await closing).toEqual({ stillRunning: 0 });
    expect(ended).toBe(2);
    expect(heard).toEqual(['wkfe_1', 'wkfe_2']);
    expect(await another.waiting()).toBe(2);
  });

  test('says how many handlers still run when the grace is over', async () => {
    const queue = await open();
    const { opened: mayEnd, open: end } = gate();
    let heard = 0;
    await queue.listen(
      async () => {
        heard += 1;
        await mayEnd;
      },
      { concurrency: 1 },
    );
    await queue.ring([ring('wkfe_1')]);
    await until(() => heard === 1);
    expect(await queue.close({ graceMs: 50 })).toEqual({ stillRunning: 1 });
    end();
  });

  test('goes on after somebody has emptied it', async () => {
    const queue = await open();
    const heard: string[] = [];
    await queue.ring([ring('wkfe_lost')]);
    const raw = rawQueue();
    await raw.obliterate({ force: true });
    await raw.close();
    expect(await queue.waiting()).toBe(0);
    await queue.listen((job) => Promise.resolve(void heard.push(job.executionId)), { concurrency: 1 });
    await queue.ring([ring('wkfe_again')]);
    await until(() => heard.length > 0);
    expect(heard).toEqual(['wkfe_again']);
  });
});

describe('the queue on a Redis that comes and goes', () => {
  let server: RedisServer | null = null;
  const test = testRedisUrl() === null ? it.skip : it;
  const opened: ExecutionQueue[] = [];

  afterEach(async () => {
    await Promise.all(opened.splice(0).map((queue) => queue.close({ graceMs: 1_000 })));
    await server?.stop();
  });

  async function open(settings: string[] = [], more: Partial<QueueOptions> = {}): Promise<ExecutionQueue> {
    server = await startRedisServer(settings);
    const queue = await openQueue({ url: server!.url, databaseUrl: '', onError: () => undefined, ...more });
    opened.push(queue);
    return queue;
  }

  test('fails a ring within two seconds while Redis is away, and goes on when it is back', async () => {
    const queue = await open();
    const heard: string[] = [];
    await queue.listen((job) => Promise.resolve(void heard.push(job.executionId)), { concurrency: 1 });
    await queue.ring([ring('wkfe_before')]);
    await until(() => heard.length === 1);
    await server!.stop();
    const start = performance.now();
    await expect(queue.ring([ring('wkfe_lost')])).rejects.toThrow();
    expect(performance.now() - start).toBeLessThan(2_500);
    await server!.start();
    await until(() =>
      queue.ring([ring('wkfe_after')]).then(
        () => true,
        () => false,
      ),
    );
    await until(() => heard.includes('wkfe_after'), 10_000);
    expect(heard).not.toContain('wkfe_lost');
  }, 20_000);

  test('fails a ring within two seconds when Redis hangs', async () => {
    const queue = await open();
    server!.freeze();
    const start = performance.now();
    await expect(queue.ring([ring('wkfe_1')])).rejects.toThrow(/took more than 2 s to ring/);
    expect(performance.now() - start).toBeLessThan(2_500);
    server!.thaw();
  }, 10_000);

  test('can be closed while Redis is away', async () => {
    const queue = await open();
    await queue.listen(() => Promise.resolve(), { concurrency: 1 });
    await server!.stop();
    expect(await queue.close({ graceMs: 500 })).toEqual({ stillRunning: 0 });
  }, 10_000);

  test('refuses a Redis that evicts keys, and says how to set it', async () => {
    await expect(open(['--maxmemory-policy', 'allkeys-lru'])).rejects.toThrow(
      /maxmemory-policy allkeys-lru.*Set it to noeviction/s,
    );
  });

  test('asks INFO where CONFIG is forbidden', async () => {
    const user = ['--user', 'default', 'on', 'nopass', '~*', '&*', '+@all', '-config'];
    await expect(open(['--maxmemory-policy', 'volatile-lru', ...user])).rejects.toThrow(/volatile-lru/);
  });

  test('warns when nothing tells the policy', async () => {
    const warnings: string[] = [];
    const user = ['--user', 'default', 'on', 'nopass', '~*', '&*', '+@all', '-config', '-info'];
    const queue = await open(user, { onWarning: (sentence) => warnings.push(sentence) });
    await queue.ring([ring('wkfe_1')]);
    expect(warnings).toEqual([expect.stringContaining('Make sure that it is noeviction')]);
  });

  test('says where it looked when no Redis answers, and keeps the password to itself', async () => {
    server = await startRedisServer();
    await server!.stop();
    const url = server!.url.replace('redis://', 'redis://:hunter2@');
    const opening = openQueue({ url, databaseUrl: '', onError: () => undefined });
    await expect(opening).rejects.toThrow(/Redis at 127\.0\.0\.1:\d+ does not answer\. Check QUEUE_URL\./);
    await expect(opening).rejects.not.toThrow(/hunter2/);
  });
});
