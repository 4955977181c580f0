import { Pool } from 'pg';
import { openSchemaEngine } from './schema-engine.js';

/**
 * The SQL that leads a database from one schema.prisma to another. The texts are compared; the database only answers
 * the engine's greeting and is not looked at.
 * @param from text of the schema as the database has it, or null for an empty database.
 * @returns statements for a `migration.sql`; what only SQL can say (partial indexes, checks) is not in it. Null when
 *   the two say the same.
 */
export async function schemaSql(databaseUrl: string, from: string | null, to: string): Promise<string | null> {
  const pool = new Pool({ connectionString: databaseUrl, max: 1 });
  try {
    const engine = await openSchemaEngine(pool, to);
    const { stdout, exitCode } = await engine.diff({
      from: from === null ? { tag: 'empty' } : { tag: 'schemaDatamodel', ...file(from) },
      to: { tag: 'schemaDatamodel', ...file(to) },
      script: true,
      exitCode: true,
      filters: { externalTables: [], externalEnums: [] },
    });
    engine.free();
    return exitCode === DIFFERENT ? stdout : null;
  } finally {
    await pool.end();
  }
}

const DIFFERENT = 2;

function file(content: string): { files: [{ path: string; content: string }] } {
  return { files: [{ path: 'schema.prisma', content }] };
}
