import { Worker } from 'node:worker_threads';

/** Nothing that one document needs comes near it; it keeps a runaway from taking the process along. */
const MEMORY_MB = 1024;
/** Twice V8's: what a document needs is then dead before it is copied and kept. */
const YOUNG_MB = 96;

/** Starts a printing thread: the built entry from built code, the source through swc from sources. */
export function startThread(): Worker {
  const resourceLimits = { maxOldGenerationSizeMb: MEMORY_MB, maxYoungGenerationSizeMb: YOUNG_MB };
  if (!import.meta.url.endsWith('.ts')) {
    return new Worker(new URL('./print-thread.js', import.meta.url), { resourceLimits });
  }
  // Node 20 takes no .ts entry: the thread starts as plain JavaScript, learns TypeScript, then loads the source.
  const bootstrap = `import('@swc-node/register/esm-register').then(() => import(${JSON.stringify(
    new URL('./print-thread.ts', import.meta.url).href,
  )}))`;
  return new Worker(bootstrap, { eval: true, execArgv: ['--conditions=test', '--no-warnings'], resourceLimits });
}
