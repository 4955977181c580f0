const LOOK_AGAIN_MS = 20;

/** Resolves when `ready` says yes. @throws after `patienceMs`, naming what was waited for. */
export async function until(what: string, patienceMs: number, ready: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + patienceMs;
  while (!(await ready())) {
    if (performance.now() > deadline) throw new Error(`${what} took more than ${Math.round(patienceMs / 1000)} s.`);
    await pause(LOOK_AGAIN_MS);
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
