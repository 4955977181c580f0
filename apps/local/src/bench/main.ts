import { mkdir, rm, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { runBench } from './run-bench.js';
import { report } from './report.js';

const DIRECTORY = '.data/bench';

const count = z.coerce.number().int().min(1).max(100_000);
const options = z.object({
  invoices: count.default(500),
  lines: count.default(10),
  rounds: count.default(3),
  'in-flight': count.default(8),
  json: z.string().optional(),
});

try {
  const flag = { type: 'string' } as const;
  const { values } = parseArgs({
    options: { invoices: flag, lines: flag, rounds: flag, 'in-flight': flag, json: flag },
  });
  const { invoices, lines, rounds, 'in-flight': inFlight, json } = options.parse(values);
  await rm(DIRECTORY, { recursive: true, force: true });
  await mkdir(DIRECTORY, { recursive: true });
  const result = await runBench(DIRECTORY, { invoices, lines, inFlight }, rounds, say);
  if (json) await writeFile(json, `${JSON.stringify(result, null, 2)}\n`);
  process.stdout.write(`\n${report(result)}\n`);
  process.exit(result.problems.length > 0 ? 1 : 0);
} catch (error) {
  process.stderr.write(`The bench failed: ${error instanceof Error ? error.message : String(error)}\n`);
  process.stderr.write(`What its processes said is in ${DIRECTORY}/*.log.\n`);
  process.exit(1);
}

/** Progress goes to stderr, so that the figures alone can be piped. */
function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
