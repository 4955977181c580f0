import { execFile, execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';

/**
 * Whom PostgreSQL runs as: `{}` is whoever runs this process; a user of the machine; or, `renamed`, ourselves under another
 * number in a user namespace of our own, which is how root looks like somebody else to a program that refuses root.
 */
export interface ServerUser {
  uid?: number;
  gid?: number;
  renamed?: boolean;
}

const run = promisify(execFile);
/** Any number but 0. */
const RENAMED = ['--user', '--map-user=1000', '--map-group=1000'];

/**
 * PostgreSQL refuses to run as root. Then it runs as `postgres` where that user exists, else as `nobody`; but where they may
 * not enter the folders on the way to `folders` (a checkout below root's home, a temporary folder), as root renamed.
 * @throws a sentence when no way is open.
 */
export function serverUser(...folders: string[]): ServerUser {
  if (process.getuid?.() !== 0) return {};
  const user = userOf('postgres') ?? userOf('nobody');
  if (user && folders.every((folder) => mayEnter(user.uid, folder))) return user;
  if (mayRename()) return { renamed: true };
  throw new Error(
    `PostgreSQL does not run as root, and no other user may enter ${folders.join(' and ')}: ` +
      'move the checkout to a folder that every user may enter, or start as another user.',
  );
}

/** Runs a program as `user`. @throws what `execFile` throws, with what the program said. */
export async function runAs(
  { uid, gid, renamed }: ServerUser,
  program: string,
  args: string[],
  options: { cwd: string; env: NodeJS.ProcessEnv },
): Promise<void> {
  if (renamed) await run('unshare', [...RENAMED, program, ...args], options);
  else await run(program, args, { uid, gid, ...options });
}

function userOf(name: string): { uid: number; gid: number } | null {
  try {
    const id = (kind: '-u' | '-g') => Number(execFileSync('id', [kind, name], { stdio: ['ignore', 'pipe', 'ignore'] }));
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    return null;
  }
}

/** Whether the user may pass every folder on the way; those that are made later will be his. */
function mayEnter(uid: number, folder: string): boolean {
  for (let path = folder; path !== dirname(path); path = dirname(path)) {
    if (!existsSync(path)) continue;
    const { mode, uid: owner } = statSync(path);
    if ((mode & (owner === uid ? 0o100 : 0o001)) === 0) return false;
  }
  return true;
}

function mayRename(): boolean {
  try {
    execFileSync('unshare', [...RENAMED, 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
