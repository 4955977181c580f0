import { createTestDatabase, type TestDatabase } from '#testing/test-database';
import { Database } from './database.js';
import { sql } from './statement.js';

let test: TestDatabase;
let database: Database;

beforeAll(async () => {
  test = await createTestDatabase();
  database = new Database({ url: test.url, connections: 4 });
  await database.query(sql`CREATE TABLE shelf (id int PRIMARY KEY, content text)`);
});
afterAll(async () => {
  await database.close();
  await test.drop();
});
beforeEach(async () => {
  await database.query(sql`DELETE FROM shelf`);
  await database.query(sql`INSERT INTO shelf VALUES (1, 'one'), (2, 'two')`);
});

const contents = async () =>
  (await database.query(sql<{ content: string }>`SELECT content FROM shelf ORDER BY id`)).map(({ content }) => content);
const put = (id: number, content: string) => sql`UPDATE shelf SET content = ${content} WHERE id = ${id}::int`;

describe('statements together', () => {
  it('see what those before them have done', async () => {
    const [, rows] = await database.together([put(1, 'new'), sql`SELECT content FROM shelf WHERE id = 1`]);
    expect(rows).toEqual([{ content: 'new' }]);
  });

  it('count all or not at all', async () => {
    const refused = sql`INSERT INTO shelf VALUES (2, 'again')`;
    await expect(database.together([put(1, 'new'), refused, put(2, 'never')])).rejects.toMatchObject({ code: '23505' });
    expect(await contents()).toEqual(['one', 'two']);
  });

  it('go on over the same connections after one was refused', async () => {
    const alone = sql`SELECT 1 / ${0}::int`;
    for (let i = 0; i < 30; i += 1) await expect(database.query(alone)).rejects.toMatchObject({ code: '22012' });
    for (let i = 0; i < 30; i += 1) {
      await expect(database.together([put(1, 'new'), alone])).rejects.toMatchObject({ code: '22012' });
    }
    expect(await contents()).toEqual(['one', 'two']);
  });

  it('are tried again when they lose a deadlock', async () => {
    const pause = sql`SELECT pg_sleep(0.2)`;
    await Promise.all([
      database.together([put(1, 'a'), pause, put(2, 'a')]),
      database.together([put(2, 'b'), pause, put(1, 'b')]),
    ]);
    expect(new Set(await contents()).size).toBe(1);
  });

  it('reject when the connection is lost, and the next take another', async () => {
    const cut = sql`SELECT pg_terminate_backend(pg_backend_pid())`;
    await expect(database.together([put(1, 'new'), cut, put(2, 'new')])).rejects.toThrow();
    expect(await contents()).toEqual(['one', 'two']);
  });

  it('leave Prisma its transactions on the same pool', async () => {
    const changes = Array.from({ length: 20 }, (_, i) =>
      i % 2 === 0
        ? database.together([put(1, `together ${i}`), put(2, `together ${i}`)])
        : database.transaction(async (tx) => {
            await tx.$executeRaw(put(1, `Prisma ${i}`));
            await tx.$executeRaw(put(2, `Prisma ${i}`));
          }),
    );
    await Promise.all(changes);
    expect(new Set(await contents()).size).toBe(1);
  });
});

describe('a row', () => {
  it('has the types that the code works with', async () => {
    const instant = new Date('2026-11-24T10:00:00.123Z');
    const values = sql`SELECT ${9007199254740993n}::bigint AS big, ${instant}::timestamptz AS instant, ${'{"a":[1]}'}::jsonb AS json,
      ${new Uint8Array([0, 255])}::bytea AS bytes, ${['a', 'b,"c']}::text[] AS list, ${null}::text AS nothing`;
    const [row] = await database.query(values);
    expect(row).toEqual({
      big: 9007199254740993n,
      instant,
      json: { a: [1] },
      bytes: Buffer.from([0, 255]),
      list: ['a', 'b,"c'],
      nothing: null,
    });
  });
});
