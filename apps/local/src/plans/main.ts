import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { startEmbeddedPostgres } from '#database/embedded-postgres';
import { migrate } from '#database/migrate';
import { report } from './report.js';
import { runPlans } from './run-plans.js';

const DIRECTORY = '.data/plans';

const options = z.object({
  invoices: z.coerce.number().int().min(1_000).max(10_000_000).default(1_000_000),
  customers: z.coerce.number().int().min(100).max(10_000_000).default(200_000),
  keep: z.boolean().default(false),
});

try {
  const flag = { type: 'string' } as const;
  const { values } = parseArgs({ options: { invoices: flag, customers: flag, keep: { type: 'boolean' } } });
  const { keep, ...size } = options.parse(values);
  await rm(DIRECTORY, { recursive: true, force: true });
  const postgres = await startEmbeddedPostgres({ dataDir: join(DIRECTORY, 'postgres'), durable: false });
  try {
    await migrate(postgres.url);
    const result = await runPlans(postgres.url, size, say);
    say(`load average ${(loadavg()[0] ?? 0).toFixed(1)}`);
    process.stdout.write(`${report(result)}\n`);
    process.exitCode = result.refused.length > 0 || result.plans.some(({ problems }) => problems.length > 0) ? 1 : 0;
  } finally {
    await postgres.stop();
    if (!keep) await rm(DIRECTORY, { recursive: true, force: true });
  }
} catch (error) {
  process.stderr.write(
    `The plans failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  process.exitCode = 1;
}

/** Progress goes to stderr, so that the plans alone can be piped. */
function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
