import { loadConfig } from '#kernel/config';
import { createWorker } from './create-worker.js';
import { workerConfig } from './worker.config.js';

try {
  const worker = await createWorker(loadConfig(workerConfig, process.env));
  worker.enableShutdownHooks();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
