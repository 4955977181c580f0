/** Sends nearly right requests to the API: `npm run fuzz -- --runs 5000 --seed 7`. Without a seed it takes a new one and says which. */
import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '2000' }, seed: { type: 'string', default: String(randomInt(2 ** 31)) } },
});
process.stdout.write(`Seed ${values.seed}, ${values.runs} requests.\n`);
const jest = ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js'];
const { status } = spawnSync(process.execPath, [...jest, '--testPathPatterns', 'apps/api/test/fuzz'], {
  stdio: 'inherit',
  env: { ...process.env, FUZZ_RUNS: values.runs, FUZZ_SEED: values.seed },
});
process.exit(status ?? 1);
