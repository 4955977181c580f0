/**
 * Prints the SQL for what changed in prisma/schema.prisma since the last commit, to be put into a new folder of
 * prisma/migrations together with what only SQL can say. `--from <git revision>` compares with another commit, `--empty`
 * prints the whole schema. Commit schema and migration together, else the next comparison starts from the wrong place.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startEmbeddedPostgres } from '#database/embedded-postgres';
import { projectRoot, schemaFile } from '#database/migration-files';
import { schemaSql } from '#database/schema-sql';

const { values } = parseArgs({
  options: { from: { type: 'string', default: 'HEAD' }, empty: { type: 'boolean', default: false } },
});
const before = values.empty
  ? null
  : execFileSync('git', ['show', `${values.from}:prisma/schema.prisma`], { cwd: projectRoot(), encoding: 'utf8' });
const dataDir = await mkdtemp(join(tmpdir(), 'billing-workflows-migration-sql-'));
const server = await startEmbeddedPostgres({ dataDir, durable: false });
try {
  const sql = await schemaSql(server.url, before, readFileSync(schemaFile(), 'utf8'));
  process.stdout.write(sql ?? '-- prisma/schema.prisma has not changed.\n');
} finally {
  await server.stop();
  await rm(dataDir, { recursive: true, force: true });
}
