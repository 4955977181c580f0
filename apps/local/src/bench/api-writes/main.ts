import { mkdir, rm } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { type Cost, runApiBench } from './run-api-bench.js';
import { type WriteName, WRITES } from './writes.js';

const DIRECTORY = '.data/bench-api';
/** Of the bare server's writes per second. */
const TARGET = 0.5;

const count = z.coerce.number().int().min(1).max(100_000);
const options = z.object({
  writes: count.default(1_000),
  rounds: count.default(3),
  'in-flight': count.default(8),
});

try {
  const flag = { type: 'string' } as const;
  const { values } = parseArgs({ options: { writes: flag, rounds: flag, 'in-flight': flag } });
  const { 'in-flight': inFlight, ...load } = options.parse(values);
  await rm(DIRECTORY, { recursive: true, force: true });
  await mkdir(DIRECTORY, { recursive: true });
  const before = loadNow();
  const result = await runApiBench(DIRECTORY, { ...load, inFlight }, (line) => void process.stderr.write(`${line}\n`));
  const rows = (Object.keys(WRITES) as WriteName[]).flatMap((name) => {
    const { product, bare } = result[name];
    const ratio = product.writesPerSecond / bare.writesPerSecond;
    return [
      row(WRITES[name].label, product),
      `${row('  bare, the same body', bare)}   ${ratio.toFixed(2)} of it${ratio < TARGET ? ', below the target' : ''}`,
    ];
  });
  process.stdout.write(
    [
      `npm run bench:api -- --writes ${load.writes} --rounds ${load.rounds} --in-flight ${inFlight}`,
      `${cpus().length} × ${cpus()[0]?.model ?? 'unknown CPU'}, Node ${process.versions.node}; load average ${before} before, ${loadNow()} after`,
      '',
      `${'CPU in ms per write'.padEnd(42)}  writes/s    server  PostgreSQL`,
      ...rows,
      '',
    ].join('\n'),
  );
  await rm(DIRECTORY, { recursive: true, force: true });
} catch (error) {
  process.stderr.write(`The bench failed: ${error instanceof Error ? error.message : String(error)}\n`);
  process.stderr.write(`What its processes said is in ${DIRECTORY}/*.log.\n`);
  process.exitCode = 1;
}

function row(label: string, { writesPerSecond, serverCpuMs, postgresCpuMs }: Cost): string {
  return `${label.padEnd(42)} ${writesPerSecond.toFixed(0).padStart(9)} ${milliseconds(serverCpuMs)} ${milliseconds(postgresCpuMs)}`;
}

function milliseconds(value: number | null): string {
  return (value === null ? 'unknown' : value.toFixed(2)).padStart(9);
}

function loadNow(): string {
  return (loadavg()[0] ?? 0).toFixed(1);
}
