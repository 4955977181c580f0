import { createTestDatabase, type TestDatabase } from '#testing/test-database';
import { Database } from './database.js';
import { isUniqueViolation } from './unique-violation.js';

describe('isUniqueViolation', () => {
  let test: TestDatabase;
  let database: Database;

  beforeAll(async () => {
    test = await createTestDatabase();
    database = new Database({ url: test.url, connections: 2 });
    await database.client.platform.create({ data: { id: 'plat_1', name: 'Acme' } });
  });
  afterAll(async () => {
    await database.close();
    await test.drop();
  });

  it.each([
    ['a model', () => database.client.platform.create({ data: { id: 'plat_2', name: 'Acme' } })],
    ['raw SQL', () => database.client.$executeRaw`INSERT INTO platform (id, name) VALUES ('plat_2', 'Acme')`],
  ])('knows one that comes through %s', async (_way, insert: () => Promise<unknown>) => {
    const error: unknown = await insert().catch((reason: unknown) => reason);
    expect(isUniqueViolation(error)).toBe(true);
  });

  it('takes nothing else for one', async () => {
    const error: unknown = await database.client.$executeRaw`SELECT 1 / 0`.catch((reason: unknown) => reason);
    expect(isUniqueViolation(error)).toBe(false);
  });
});
