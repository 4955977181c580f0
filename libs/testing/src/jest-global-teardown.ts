import { once } from 'node:events';

/** Ends what global setup started, and waits until it is gone. */
export default async function globalTeardown(): Promise<void> {
  const services = globalThis.testServices;
  if (services?.exitCode !== null) return;
  const ended = once(services, 'exit');
  services.stdin?.end();
  await ended;
}
