import { Database } from '#database/database';
import { newId } from '#kernel/ids';
import { Given } from '#testing/given';
import { createTestDatabase, type TestDatabase } from '#testing/test-database';
import { forgetOldEvents } from './old-webhook-events.js';

const DAY_MS = 86_400_000;
const KEPT_DAYS = 90;

let clone: TestDatabase;
let database: Database;
let platformId: string;
let webhookId: string;

beforeAll(async () => {
  clone = await createTestDatabase();
  database = new Database({ url: clone.url, connections: 2 });
});
afterAll(async () => {
  await database.close();
  await clone.drop();
});
beforeEach(async () => {
  ({ platformId } = await Given.platform(database));
  webhookId = newId('webhook');
  await database.client.webhook.create({ data: { platformId, id: webhookId, document: {} } });
});

const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS);
const event = async (ageDays: number, status: string, overrides: object = {}) => {
  const id = newId('webhookEvent');
  const about = { type: 'INVOICE.PAID', resourceType: 'INVOICE', resourceId: 'invo_1', payload: {} };
  const times = { createdAt: daysAgo(ageDays), attemptedAt: daysAgo(ageDays), expiresAt: daysAgo(ageDays - 7) };
  await database.client.webhookEvent.create({
    data: { platformId, webhookId, id, status, ...about, ...times, ...overrides },
  });
  return id;
};
const kept = async () =>
  (await database.client.webhookEvent.findMany({ where: { platformId } })).map(({ id }) => id).sort();

describe('webhook events', () => {
  it('are deleted once they are delivered or given up and older than they are kept', async () => {
    await event(91, 'SUCCEEDED');
    await event(91, 'FAILED');
    const young = [await event(89, 'SUCCEEDED'), await event(89, 'FAILED')];
    expect(await forgetOldEvents(database, KEPT_DAYS)).toBe(false);
    expect(await kept()).toEqual(young.sort());
  });

  it('stay while they wait for their endpoint, however old they are', async () => {
    const waiting = await event(400, 'PENDING', { attemptedAt: null });
    await forgetOldEvents(database, KEPT_DAYS);
    expect(await kept()).toEqual([waiting]);
  });

  it('that wait for a webhook that was deleted wait for nobody', async () => {
    await event(91, 'PENDING');
    await database.client.webhook.updateMany({ where: { id: webhookId }, data: { deletedAt: new Date() } });
    await forgetOldEvents(database, KEPT_DAYS);
    expect(await kept()).toEqual([]);
  });

  it('that were sent again stay as long after that', async () => {
    const again = await event(400, 'SUCCEEDED', { attemptedAt: daysAgo(1) });
    await forgetOldEvents(database, KEPT_DAYS);
    expect(await kept()).toEqual([again]);
  });

  it('are deleted in batches, and it is said that there are more', async () => {
    await database.client.$executeRaw`
      INSERT INTO webhook_event (platform_id, id, webhook_id, type, resource_type, resource_id, payload, status, expires_at, created_at)
      SELECT ${platformId}, 'whev_' || n, ${webhookId}, 'INVOICE.PAID', 'INVOICE', 'invo_1', '{}', 'SUCCEEDED',
             now(), now() - interval '91 days' FROM generate_series(1, 2001) AS n`;
    expect(await forgetOldEvents(database, KEPT_DAYS)).toBe(true);
    expect(await kept()).toHaveLength(1);
    expect(await forgetOldEvents(database, KEPT_DAYS)).toBe(false);
    expect(await kept()).toEqual([]);
  });
});
