import { recordBillingEntity } from '#billing/billing-entities/billing-entity';
import { Database, type Transaction } from '#database/database';
import { Given } from '#testing/given';
import { createTestDatabase, type TestDatabase } from '#testing/test-database';

let clone: TestDatabase;
let database: Database;
let platformId: string;

const SELLER = { reference: 'seller', legal_name: 'Seller B.V.' };
const copy = { embedded: true, lockOnlyToChange: true };
const record = (tx: Transaction, body: object) => recordBillingEntity(tx, platformId, { ...SELLER, ...body }, copy);

beforeAll(async () => {
  clone = await createTestDatabase();
  database = new Database({ url: clone.url, connections: 4 });
});
afterAll(async () => {
  await database.close();
  await clone.drop();
});
beforeEach(async () => {
  ({ platformId } = await Given.platform(database));
  await database.transaction((tx) => record(tx, {}));
});

describe('a copy of a resource inside others', () => {
  it('waits for nobody when it changes nothing', async () => {
    await database.transaction(async (first) => {
      await record(first, {});
      const { row, before } = await database.transaction((second) => record(second, {}));
      expect(row).toBe(before);
    });
  });

  it('is merged into what another has just changed', async () => {
    let changed: Promise<unknown> = Promise.resolve();
    await database.transaction(async (first) => {
      await record(first, { website: 'https://seller.example' });
      changed = database.transaction((second) => record(second, { email: 'ar@seller.example' }));
    });
    await changed;
    const { row } = await database.transaction((tx) => record(tx, {}));
    expect(row.document).toMatchObject({ website: 'https://seller.example', email: 'ar@seller.example' });
  });
});
