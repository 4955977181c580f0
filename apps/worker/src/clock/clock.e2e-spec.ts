import { Database } from '#database/database';
import { days, Given } from '#testing/given';
import { ledgerOf } from '#testing/ledger-reader';
import { passTime } from '#testing/pass-time';
import { createTestDatabase, type TestDatabase } from '#testing/test-database';
import { tick } from './clock.js';

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

describe('the clock', () => {
  it('is held up by no cadence that fails, and says that it did', async () => {
    const [broken, sound] = [await Given.platform(database), await Given.platform(database)];
    const integrationId = await broken.integration({
      document: { email_provider: { delivery_window: { type: 'NONSENSE' } } },
    });
    const workflowId = await broken.workflow('OVERDUE', { periods: days(7), actions: 0 });
    await broken.action(workflowId, { config: { integration_id: integrationId } });
    await sound.workflow('OVERDUE', { periods: days(7) });
    const first = await broken.invoice();
    const second = await sound.invoice();
    await passTime(database, { days: 7, hours: 1 });
    const errors: unknown[] = [];
    let planned = 0;
    await tick(
      database,
      () => (planned += 1),
      (error) => errors.push(error),
    );
    expect([await ledgerOf(database, first), await ledgerOf(database, second)]).toEqual([[], ['7 DAY PENDING']]);
    expect([errors.length, planned]).toEqual([1, 1]);
  });
});
