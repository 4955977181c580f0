import { execFile } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const heldHere = new Set<string>();

/**
 * Notes in `folder` that this process uses it, for as long as it lives.
 * @returns gives the folder back; may be called twice.
 * @throws when another living process holds it. A note of a process that was killed is taken over.
 */
export async function holdFolder(folder: string): Promise<() => Promise<void>> {
  const note = join(folder, 'owner.pid');
  const holder = await pidIn(note);
  // Our own number in a note that we did not write comes from another life, as in a container that was started anew.
  const another = holder !== null && holder !== process.pid && isAlive(holder);
  if (another || heldHere.has(folder)) {
    throw new Error(
      `${folder} is in use by process ${holder ?? process.pid}. Stop that one first or name another folder; ` +
        `if it is no process of ours, delete ${note}.`,
    );
  }
  await writeFile(note, `${process.pid}\n`);
  heldHere.add(folder);
  return async () => {
    if (!heldHere.delete(folder)) return;
    await rm(note, { force: true });
  };
}

/** Process id of the server that runs on `data`, or null. */
export async function runningPostmaster(data: string): Promise<number | null> {
  const pid = await pidIn(join(data, 'postmaster.pid'));
  return pid !== null && isAlive(pid) && (await isPostgres(pid)) ? pid : null;
}

/**
 * Deletes a postmaster.pid whose process is gone and whose number another program has by now: PostgreSQL itself only
 * sees that the number is alive, and would refuse to start.
 */
export async function removeStalePidFile(data: string): Promise<void> {
  const file = join(data, 'postmaster.pid');
  const pid = await pidIn(file);
  if (pid !== null && (await runningPostmaster(data)) === null) await rm(file, { force: true });
}

/** The first line of the file as a number, or null when there is no such file or number. */
async function pidIn(file: string): Promise<number | null> {
  try {
    const pid = Number.parseInt(await readFile(file, 'utf8'), 10);
    return Number.isInteger(pid) && pid > 0 ? pid : null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, and is another user's.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function isPostgres(pid: number): Promise<boolean> {
  try {
    const { stdout } = await run('ps', ['-p', String(pid), '-o', 'args=']);
    return stdout.includes('postgres');
  } catch (error) {
    // Without `ps` nobody can tell: then it counts as ours, and the server's own check has the last word.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return true;
    // `ps` found no such process: it has ended meanwhile.
    return false;
  }
}
