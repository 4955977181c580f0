import { Database } from '#database/database';
import { newId } from '#kernel/ids';
import { createTestDatabase, type TestDatabase } from '#testing/test-database';
import { type ExecutionKey } from './data/claim.js';
import { releaseDue } from './data/release.js';

const MINUTE = 60_000;

let clone: TestDatabase;
let database: Database;

beforeAll(async () => {
  clone = await createTestDatabase();
  database = new Database({ url: clone.url, connections: 4 });
});
afterAll(async () => {
  await database.close();
  await clone.drop();
});
beforeEach(async () => {
  await database.client.workflowActionExecution.deleteMany();
  await database.client.platform.deleteMany();
});

/** A platform with so many executions that have been due for a while. */
async function platformWith(count: number, overrides: object = {}): Promise<string> {
  const platformId = newId('platform');
  await database.client.platform.create({ data: { id: platformId, name: platformId } });
  const due = new Date(Date.now() - MINUTE);
  const ids = {
    triggerId: 'wkft_1',
    workflowId: 'wkfl_1',
    actionId: 'wkfa_1',
    actionVersion: 1,
    actionType: 'SEND_EMAIL_TO_CUSTOMER',
  };
  // No two at the same instant: the order is told by nothing else.
  const times = (place: number) => ({
    dueAt: due,
    nextAttemptAt: new Date(due.getTime() + place),
    notAfter: new Date(Date.now() + MINUTE),
  });
  await database.client.workflowActionExecution.createMany({
    data: Array.from({ length: count }, (_, place) => ({
      platformId,
      id: newId('execution'),
      ...ids,
      ...times(place),
      ...overrides,
    })),
  });
  return platformId;
}

const release = (options: Partial<Parameters<typeof releaseDue>[1]> = {}) =>
  releaseDue(database, { limit: 400, perPlatform: 50, ringMs: MINUTE, ...options });
const countOf = (keys: ExecutionKey[], platformId: string) =>
  keys.filter((key) => key.platformId === platformId).length;

describe('a wave of due executions', () => {
  it('brings each platform its share, however much another has', async () => {
    const [flood, few] = [await platformWith(1000), await platformWith(2)];
    const keys = await release();
    expect([countOf(keys, flood), countOf(keys, few)]).toEqual([50, 2]);
  });

  it('brings every platform something when many of them are flooded', async () => {
    const platforms = await Promise.all(Array.from({ length: 12 }, () => platformWith(40)));
    const keys = await release({ limit: 24 });
    expect(platforms.map((platform) => countOf(keys, platform))).toEqual(platforms.map(() => 2));
  });

  it('brings the longest waiting first', async () => {
    const platformId = await platformWith(3);
    const [oldest] = await database.client.workflowActionExecution.findMany({ where: { platformId }, take: 1 });
    const longAgo = { nextAttemptAt: new Date(0) };
    await database.client.workflowActionExecution.update({
      where: { platformId_id: { platformId, id: oldest!.id } },
      data: longAgo,
    });
    expect(await release({ perPlatform: 1 })).toEqual([{ platformId, executionId: oldest!.id }]);
  });

  it('brings nothing twice within the ring time, and again after it', async () => {
    const platformId = await platformWith(3);
    expect(await release()).toHaveLength(3);
    expect(await release()).toEqual([]);
    await database.client.workflowActionExecution.updateMany({
      where: { platformId },
      data: { releasedUntil: new Date(Date.now() - 1) },
    });
    expect(await release()).toHaveLength(3);
  });

  it('brings nothing to two workers that look at the same time', async () => {
    await platformWith(60);
    const keys = (await Promise.all([release(), release(), release()])).flat();
    expect(new Set(keys.map(({ executionId }) => executionId)).size).toBe(keys.length);
    expect([...keys, ...(await release())]).toHaveLength(60);
  });

  it.each([
    ['is not due yet', { nextAttemptAt: new Date(Date.now() + MINUTE) }],
    ['is held', { state: 'CLAIMED' }],
    ['has ended', { state: 'SUCCEEDED' }],
    ['may have been sent', { state: 'UNKNOWN', reason: 'WORKER_LOST' }],
  ])('leaves alone what %s', async (_what, overrides) => {
    await platformWith(2, overrides);
    expect(await release()).toEqual([]);
  });
});
