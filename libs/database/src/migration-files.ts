import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Migration {
  /** Name of its folder, e.g. `20260105120000_first`; migrations are applied in the order of their names. */
  name: string;
  sql: string;
}

/** The folder of package.json, whether this runs from the sources, from `dist/` or inside a test. */
export function projectRoot(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  for (let folder = here; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return folder;
    if (folder === dirname(folder)) {
      throw new Error(`No package.json above ${here}: keep package.json and prisma/ beside dist/ when you deploy.`);
    }
  }
}

/** `prisma/schema.prisma`, absolute. */
export function schemaFile(): string {
  return join(projectRoot(), 'prisma', 'schema.prisma');
}

/** `prisma/migrations`, absolute. */
export function migrationsFolder(): string {
  return join(projectRoot(), 'prisma', 'migrations');
}

/**
 * The migrations in `folder`, in the order in which they are applied.
 * @throws when the folder is missing, or holds a migration without its `migration.sql`.
 */
export function readMigrations(folder: string): Migration[] {
  if (!existsSync(folder)) {
    throw new Error(`There is no ${folder}: the migrations must be deployed together with the program.`);
  }
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()
    .map((name) => ({ name, sql: readFileSync(join(folder, name, 'migration.sql'), 'utf8') }));
}
