import { readFileSync } from 'node:fs';
import { jest } from '@jest/globals';
import { Client } from 'pg';
import { type TestDatabase, createTestDatabase } from '#testing/test-database';
import { schemaFile } from './migration-files.js';
import { schemaSql } from './schema-sql.js';

/**
 * What both must say alike. Only SQL can say partial indexes, checks, storage and generated columns' expressions, so
 * those may be in the migrations alone; an index of schema.prisma must exist in the migrated database just so.
 */
const CATALOG = {
  columns: `
    SELECT c.table_name || '.' || c.column_name AS name,
           concat_ws(' ', format_type(a.atttypid, a.atttypmod), 'null:' || c.is_nullable, 'default:' || c.column_default,
                     c.identity_generation) AS definition
      FROM information_schema.columns c
      JOIN pg_attribute a ON a.attrelid = format('%I.%I', c.table_schema, c.table_name)::regclass
                         AND a.attname = c.column_name
     WHERE c.table_schema = 'public' AND c.table_name <> '_prisma_migrations'`,
  keys: `
    SELECT conrelid::regclass || ' ' || conname AS name, pg_get_constraintdef(oid) AS definition
      FROM pg_constraint
     WHERE connamespace = 'public'::regnamespace AND contype IN ('p', 'u', 'f')
       AND conrelid <> coalesce(to_regclass('_prisma_migrations'), 0)`,
  indexes: `
    SELECT tablename || ' ' || indexname AS name, indexdef AS definition
      FROM pg_indexes WHERE schemaname = 'public' AND tablename <> '_prisma_migrations' AND indexdef NOT LIKE '% WHERE %'`,
  enums: `
    SELECT t.typname AS name, string_agg(e.enumlabel, ',' ORDER BY e.enumsortorder) AS definition
      FROM pg_enum e JOIN pg_type t ON t.oid = e.enumtypid GROUP BY 1`,
};

type Catalog = Record<string, string>;

async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function read(database: TestDatabase, query: string): Promise<Catalog> {
  return withClient(database.url, async (client) => {
    const { rows } = await client.query<{ name: string; definition: string }>(query);
    return Object.fromEntries(rows.map(({ name, definition }) => [name, definition]));
  });
}

/** The schema engine takes seconds to start on a busy machine (milliseconds). */
jest.setTimeout(20_000);

describe('schema.prisma and the migrations', () => {
  let migrated: TestDatabase;
  let described: TestDatabase;

  beforeAll(async () => {
    migrated = await createTestDatabase();
    described = await createTestDatabase({ empty: true });
    const sql = await schemaSql(described.url, null, readFileSync(schemaFile(), 'utf8'));
    await withClient(described.url, (client) => client.query(sql ?? ''));
  });
  afterAll(async () => {
    await migrated.drop();
    await described.drop();
  });

  it.each(['columns', 'keys', 'enums'] as const)('say the same %s', async (kind) => {
    expect(await read(migrated, CATALOG[kind])).toEqual(await read(described, CATALOG[kind]));
  });

  it('say the same indexes, but for those that only SQL can say', async () => {
    expect(await read(migrated, CATALOG.indexes)).toMatchObject(await read(described, CATALOG.indexes));
  });
});
