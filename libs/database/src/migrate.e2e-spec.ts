import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { Client } from 'pg';
import { type TestDatabase, createTestDatabase } from '#testing/test-database';
import { migrate, pendingMigrations } from './migrate.js';

/** The schema engine takes seconds to start on a busy machine (milliseconds). */
jest.setTimeout(20_000);

describe('migrate', () => {
  let database: TestDatabase;
  let folder: string;

  beforeEach(async () => {
    database = await createTestDatabase({ empty: true });
    folder = mkdtempSync(join(tmpdir(), 'migrations-'));
  });
  afterEach(async () => {
    rmSync(folder, { recursive: true });
    await database.drop();
  });

  function given(name: string, sql: string): void {
    mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(join(folder, name, 'migration.sql'), sql);
  }

  async function query<T>(sql: string): Promise<T[]> {
    const client = new Client({ connectionString: database.url });
    await client.connect();
    try {
      const { rows } = await client.query(sql);
      return rows as T[];
    } finally {
      await client.end();
    }
  }

  const tables = async () =>
    (
      await query<{ name: string }>(
        `SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relname IN ('a', 'b')`,
      )
    )
      .map(({ name }) => name)
      .sort();

  it('applies what is new in the order of the names, and then finds nothing to do', async () => {
    given('2_b', 'CREATE TABLE b (a text REFERENCES a);');
    given('1_a', 'CREATE TABLE a (id text PRIMARY KEY);');
    expect(await migrate(database.url, folder)).toEqual(['1_a', '2_b']);
    expect(await migrate(database.url, folder)).toEqual([]);
    expect(await tables()).toEqual(['a', 'b']);
  });

  it('lets one of several processes apply and the others find nothing to do', async () => {
    given('1_a', 'CREATE TABLE a (id text); SELECT pg_sleep(0.2);');
    const applied = await Promise.all([1, 2, 3].map(() => migrate(database.url, folder)));
    expect(applied.flat()).toEqual(['1_a']);
  });

  it('keeps the table of `prisma migrate deploy`, with its checksums', async () => {
    const sql = 'CREATE TABLE a (id text);';
    given('1_a', sql);
    await migrate(database.url, folder);
    const [row] = await query('SELECT migration_name, checksum, applied_steps_count FROM _prisma_migrations');
    const checksum = createHash('sha256').update(sql).digest('hex');
    expect(row).toEqual({ migration_name: '1_a', checksum, applied_steps_count: 1 });
  });

  it('hands semicolons in comments, texts and functions to PostgreSQL as they are', async () => {
    given(
      '1_a',
      `-- one thing; then another
       CREATE TABLE a (id text DEFAULT 'x;y');
       CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.id := 'z;'; RETURN NEW; END $$;`,
    );
    expect(await migrate(database.url, folder)).toEqual(['1_a']);
  });

  describe('when a migration fails', () => {
    beforeEach(() => {
      given('1_a', 'CREATE TABLE a (id text);');
      given('2_b', 'CREATE TABLE b (id text); CREATE TABLE b (id text);');
    });

    it('names it, quotes PostgreSQL and says what to do', async () => {
      const failure = migrate(database.url, folder);
      await expect(failure).rejects.toThrow(/^Migration 2_b has failed.*relation "b" already exists/s);
      await expect(failure).rejects.toThrow(/UPDATE _prisma_migrations SET rolled_back_at/);
      await expect(failure).rejects.not.toThrow(/\.rs:/);
    });

    it('leaves nothing of it behind and keeps what came before', async () => {
      await expect(migrate(database.url, folder)).rejects.toThrow();
      expect(await tables()).toEqual(['a']);
      expect(await pendingMigrations(database.url, folder)).toEqual(['2_b']);
    });

    it('refuses to go on until someone has marked it as taken back', async () => {
      await expect(migrate(database.url, folder)).rejects.toThrow();
      given('2_b', 'CREATE TABLE b (id text);');
      await expect(migrate(database.url, folder)).rejects.toThrow(/^Migration 2_b has failed/);
      await query(`UPDATE _prisma_migrations SET rolled_back_at = now() WHERE migration_name = '2_b'`);
      expect(await migrate(database.url, folder)).toEqual(['2_b']);
    });
  });

  it('leaves a database alone that a newer version has migrated', async () => {
    given('1_a', 'CREATE TABLE a (id text);');
    given('2_b', 'CREATE TABLE b (id text);');
    await migrate(database.url, folder);
    rmSync(join(folder, '2_b'), { recursive: true });
    expect(await migrate(database.url, folder)).toEqual([]);
    expect(await pendingMigrations(database.url, folder)).toEqual([]);
  });

  it('says when the migrations were not deployed', async () => {
    await expect(migrate(database.url, join(folder, 'nowhere'))).rejects.toThrow(/must be deployed together/);
  });

  it('counts every migration of an empty database as pending', async () => {
    given('1_a', 'CREATE TABLE a (id text);');
    expect(await pendingMigrations(database.url, folder)).toEqual(['1_a']);
  });
});
