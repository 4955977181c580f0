const LOOK_AGAIN_MS = 10;

/**
 * Waits until `condition` holds, instead of sleeping for as long as it may take.
 * @throws after `timeoutMs` milliseconds, naming the condition.
 */
export async function until(condition: () => boolean | Promise<boolean>, timeoutMs = 4_000): Promise<void> {
  const end = performance.now() + timeoutMs;
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(`Waited ${timeoutMs} ms in vain for ${condition.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
  }
}
