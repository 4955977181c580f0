import { createTestDatabase, type TestDatabase } from '#testing/test-database';
import { createWorker } from '../src/create-worker.js';
import { HealthServer } from '../src/health/health-server.js';
import { workerConfig } from '../src/worker.config.js';

let clone: TestDatabase;

beforeAll(async () => (clone = await createTestDatabase()));
afterAll(() => clone.drop());

describe('a worker with HEALTH_PORT', () => {
  it('says there that it is ready once it works, and says nothing once it has ended', async () => {
    const settings = { DATABASE_URL: clone.url, LOG_LEVEL: 'fatal', HEALTH_PORT: '0' };
    const worker = await createWorker(workerConfig.parse(settings));
    const url = `http://127.0.0.1:${worker.get(HealthServer).address.port}/health/ready`;
    const answer = await fetch(url);
    expect([answer.status, await answer.json()]).toEqual([200, { status: 'ok' }]);
    await worker.close();
    await expect(fetch(url)).rejects.toThrow();
  }, 60_000);
});
