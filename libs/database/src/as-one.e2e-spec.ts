import { createTestDatabase, type TestDatabase } from '#testing/test-database';
import { afterCommit } from './ambient-transaction.js';
import { Database } from './database.js';
import { sql } from './statement.js';

let test: TestDatabase;
let database: Database;
let outside: Database;

beforeAll(async () => {
  test = await createTestDatabase();
  database = new Database({ url: test.url, connections: 4 });
  outside = new Database({ url: test.url, connections: 2 });
  await database.query(sql`CREATE TABLE shelf (id int PRIMARY KEY)`);
});
afterAll(async () => {
  await Promise.all([database.close(), outside.close()]);
  await test.drop();
});
beforeEach(() => database.query(sql`DELETE FROM shelf`));

const put = (id: number) => sql`INSERT INTO shelf VALUES (${id}::int)`;
const idsIn = async (db: Database) =>
  (await db.query(sql<{ id: number }>`SELECT id FROM shelf ORDER BY id`)).map(({ id }) => id);

describe('work as one', () => {
  it('is seen by others all at once, and by itself before', async () => {
    await database.asOne(async () => {
      await database.transaction((tx) => tx.$executeRaw(put(1)));
      await database.query(put(2));
      await database.client.$executeRaw(put(3));
      expect(await idsIn(database)).toEqual([1, 2, 3]);
      expect(await idsIn(outside)).toEqual([]);
    });
    expect(await idsIn(outside)).toEqual([1, 2, 3]);
  });

  it('leaves nothing when it fails, whatever its parts have done', async () => {
    const failing = database.asOne(async () => {
      await database.transaction((tx) => tx.$executeRaw(put(1)));
      throw new Error('too late');
    });
    await expect(failing).rejects.toThrow('too late');
    expect(await idsIn(outside)).toEqual([]);
  });

  it('goes on after a part of it that PostgreSQL refused', async () => {
    await database.asOne(async () => {
      await database.query(put(1));
      const part = database.transaction(async (tx) => {
        await tx.$executeRaw(put(2));
        await tx.$executeRaw(put(1));
      });
      await expect(part).rejects.toThrow();
      await database.query(put(3));
    });
    expect(await idsIn(outside)).toEqual([1, 3]);
  });

  it('does what was put off once it is committed, and never when it failed', async () => {
    const heard: string[] = [];
    await database.asOne(async () => {
      afterCommit(() => heard.push('done'));
      await Promise.resolve();
      expect(heard).toEqual([]);
    });
    const failing = database.asOne(() => {
      afterCommit(() => heard.push('failed'));
      return Promise.reject(new Error('no'));
    });
    await expect(failing).rejects.toThrow('no');
    afterCommit(() => heard.push('at once'));
    expect(heard).toEqual(['done', 'at once']);
  });

  it('is run again from the start when it lost a deadlock', async () => {
    let runs = 0;
    await database.asOne(async (tx) => {
      runs += 1;
      await database.query(put(1));
      if (runs === 1) {
        await database.transaction(
          () => tx.$executeRaw`DO $$ BEGIN RAISE EXCEPTION 'lost' USING ERRCODE = '40P01'; END $$`,
        );
      }
    });
    expect(runs).toBe(2);
    expect(await idsIn(outside)).toEqual([1]);
  });

  it('is nothing to another database', async () => {
    await database.asOne(async () => {
      await outside.query(put(1));
      await expect(database.transaction(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    });
    expect(await idsIn(outside)).toEqual([1]);
  });
});
