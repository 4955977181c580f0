import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

declare global {
  var testServices: ChildProcess | undefined;
}

/**
 * Starts the servers of the e2e tests in a process of their own (`test-services.ts`), which ends them when this process
 * is gone, however it went. Jest loads this file as CommonJS and without our aliases: it must import Node only.
 */
export default async function globalSetup(config: { rootDir: string }): Promise<void> {
  const services = spawn(
    process.execPath,
    [
      '--conditions=test',
      '--no-warnings',
      '--import',
      join(config.rootDir, 'scripts/typescript.mjs'),
      join(config.rootDir, 'libs/testing/src/test-services.ts'),
    ],
    { stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, NODE_OPTIONS: '' } },
  );
  globalThis.testServices = services;
  const line = await Promise.race([
    once(createInterface({ input: services.stdout }), 'line').then(([first]) => String(first)),
    once(services, 'exit').then(() => null),
  ]);
  if (line === null) throw new Error('The test servers did not start; the reason stands above.');
  process.env.BILLING_WORKFLOWS_TEST_ADDRESSES = line;
  if ((JSON.parse(line) as { redisUrl: string | null }).redisUrl === null) {
    process.stderr.write('No redis-server on this machine: the tests against Redis do not run.\n');
  }
}
