import { HealthServer } from './health-server.js';

const answering = { ping: () => Promise.resolve(), waiting: () => Promise.resolve(0), stuck: (): string[] => [] };
const gone = () => Promise.reject(new Error('ECONNREFUSED'));
const servers: HealthServer[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) await server.beforeApplicationShutdown();
});

async function start(parts: Partial<typeof answering> = {}) {
  const worker = { ...answering, ...parts };
  const server = new HealthServer(0, worker, worker, worker);
  servers.push(server);
  await server.onApplicationBootstrap();
  return async (path: string) => {
    const answer = await fetch(`http://127.0.0.1:${server.address.port}${path}`);
    return [answer.status, ((await answer.json()) as { reason?: string }).reason];
  };
}

describe('the health of a worker', () => {
  it('is live and ready when all answers and goes round', async () => {
    const ask = await start();
    expect([await ask('/health/live'), await ask('/health/ready')]).toEqual([
      [200, undefined],
      [200, undefined],
    ]);
  });

  it.each([
    ['the database is gone', { ping: gone }, 'The database does not answer.'],
    ['the queue is gone', { waiting: gone }, 'The queue does not answer.'],
    ['loops are stuck', { stuck: () => ['clock', 'release'] }, 'A loop does not come round: clock, release.'],
  ])('is live and not ready when %s', async (_what, parts, reason) => {
    const ask = await start(parts);
    expect([await ask('/health/live'), await ask('/health/ready')]).toEqual([
      [200, undefined],
      [503, reason],
    ]);
  });

  it('is asked for at no other address', async () => {
    expect((await (await start())('/metrics'))[0]).toBe(404);
  });

  it('fails the start when its port is taken', async () => {
    await start();
    const { port } = servers[0]!.address;
    const second = new HealthServer(port, answering, answering, answering);
    await expect(second.onApplicationBootstrap()).rejects.toThrow('EADDRINUSE');
  });

  it('is told nowhere without a port', async () => {
    const server = new HealthServer(undefined, answering, answering, answering);
    await server.onApplicationBootstrap();
    expect(server.address).toBeNull();
    await server.beforeApplicationShutdown();
  });
});
