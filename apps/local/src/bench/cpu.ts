import { readdir, readFile } from 'node:fs/promises';

/** The kernel counts CPU time for /proc in hundredths of a second, on every architecture. */
const MS_PER_TICK = 10;

/** Of one process so far, its threads included (milliseconds). Null where there is no /proc: then CPU is not measured. */
export async function cpuOf(pid: number): Promise<number | null> {
  const stat = await readStat(pid);
  return stat?.own ?? null;
}

/** Of a process and its direct children so far, those that have ended included: a PostgreSQL server, by its postmaster. */
export async function cpuOfFamily(pid: number): Promise<number | null> {
  const parent = await readStat(pid);
  if (!parent) return null;
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const stats = await Promise.all(pids.map(readStat));
  const children = stats.filter((stat) => stat?.parent === pid);
  return parent.own + parent.endedChildren + children.reduce((sum, child) => sum + (child?.own ?? 0), 0);
}

interface Stat {
  parent: number;
  own: number;
  endedChildren: number;
}

async function readStat(pid: number): Promise<Stat | null> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch((error: unknown) => {
    // Ended between two looks, or no Linux.
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return null;
    throw error;
  });
  return text === null ? null : parseStat(text);
}

/** `man 5 proc_pid_stat`: the program's name stands in brackets and may hold blanks, so what counts begins behind it. */
export function parseStat(text: string): Stat {
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const field = (number: number) => Number(fields[number - 3]);
  return {
    parent: field(4),
    own: (field(14) + field(15)) * MS_PER_TICK,
    endedChildren: (field(16) + field(17)) * MS_PER_TICK,
  };
}
