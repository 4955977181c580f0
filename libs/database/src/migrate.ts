import { type SchemaEngine } from '@prisma/schema-engine-wasm';
import { Client, DatabaseError, Pool } from 'pg';
import { type Migration, migrationsFolder, readMigrations } from './migration-files.js';
import { openSchemaEngine } from './schema-engine.js';

/** Session lock that lets one process migrate a database at a time. Any number, the same in every version. */
const MIGRATING = 7_217_301_994;
const LOOK_AGAIN_MS = 100;
const UNDEFINED_TABLE = '42P01';

/**
 * Brings the database to the newest migration, as `prisma migrate deploy` does and with the same `_prisma_migrations`
 * table. Any number of processes may call it at once: one applies, the others wait for it and find nothing to do.
 * A database that is ahead of this program (a newer version has migrated it) is left as it is.
 *
 * @param folder holds one folder per migration, each with its `migration.sql`.
 * @returns the names applied by this call, in order; empty when there was nothing to do.
 * @throws when a migration fails, or has failed before: names it and says what to do.
 */
export async function migrate(databaseUrl: string, folder = migrationsFolder()): Promise<string[]> {
  const migrations = readMigrations(folder);
  const lock = new Client({ connectionString: databaseUrl, application_name: 'billing-workflows migrate' });
  const pool = new Pool({ connectionString: databaseUrl, max: 1 });
  await lock.connect();
  try {
    await takeLock(lock);
    const engine = await openSchemaEngine(pool, '');
    try {
      return await apply(engine, migrations, folder);
    } catch (error) {
      throw new Error(await explain(error, lock), { cause: error });
    } finally {
      engine.free();
    }
  } finally {
    await pool.end();
    await lock.end();
  }
}

/**
 * The migrations that this program has and the database has not finished; empty when it is ready for this program.
 * One short connection and one query: cheap enough for a readiness check.
 */
export async function pendingMigrations(databaseUrl: string, folder = migrationsFolder()): Promise<string[]> {
  const names = readMigrations(folder).map(({ name }) => name);
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ migration_name: string }>(
      'SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
    );
    const finished = new Set(rows.map((row) => row.migration_name));
    return names.filter((name) => !finished.has(name));
  } catch (error) {
    if (error instanceof DatabaseError && error.code === UNDEFINED_TABLE) return names;
    throw error;
  } finally {
    await client.end();
  }
}

/** Asks again and again instead of waiting in one statement, whose snapshot would block CREATE INDEX CONCURRENTLY. */
async function takeLock(client: Client): Promise<void> {
  for (;;) {
    const { rows } = await client.query<{ taken: boolean }>('SELECT pg_try_advisory_lock($1) AS taken', [MIGRATING]);
    if (rows[0]?.taken) return;
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
  }
}

async function apply(engine: SchemaEngine, migrations: Migration[], folder: string): Promise<string[]> {
  const { appliedMigrationNames } = await engine.applyMigrations({
    migrationsList: migrationList(migrations, folder),
    filters: { externalTables: [], externalEnums: [] },
  });
  return appliedMigrationNames;
}

/** A sentence for whoever runs the deployment; the engine's own words name its source files. */
async function explain(error: unknown, client: Client): Promise<string> {
  const said = error instanceof Error ? error.message : String(error);
  const failed = await failedMigration(client);
  if (failed === null) return `The database could not be migrated. ${withoutTrace(said)}`;
  return (
    `Migration ${failed.migration_name} has failed; nothing later was applied. ${withoutTrace(failed.logs ?? said)}\n` +
    'PostgreSQL took its statements back, unless it commits by itself in between. Remove the cause, then mark it as ' +
    'taken back and migrate again: UPDATE _prisma_migrations SET rolled_back_at = now() WHERE migration_name = ' +
    `'${failed.migration_name}' AND finished_at IS NULL;`
  );
}

interface FailedMigration {
  migration_name: string;
  logs: string | null;
}

async function failedMigration(client: Client): Promise<FailedMigration | null> {
  try {
    const { rows } = await client.query<FailedMigration>(
      `SELECT migration_name, logs FROM _prisma_migrations
        WHERE finished_at IS NULL AND rolled_back_at IS NULL ORDER BY started_at LIMIT 1`,
    );
    return rows[0] ?? null;
  } catch (error) {
    if (error instanceof DatabaseError && error.code === UNDEFINED_TABLE) return null;
    throw error;
  }
}

/** Cuts the numbered list of Rust functions that the engine appends. */
function withoutTrace(message: string): string {
  return message.split(/\n\s+0: /, 1)[0]?.trim() ?? message;
}

function migrationList(
  migrations: Migration[],
  folder: string,
): Parameters<SchemaEngine['applyMigrations']>[0]['migrationsList'] {
  return {
    baseDir: folder,
    lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
    shadowDbInitScript: '',
    migrationDirectories: migrations.map(({ name, sql }) => ({
      path: name,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: sql } },
    })),
  };
}
