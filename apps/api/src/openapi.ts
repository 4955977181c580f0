import { writeFileSync } from 'node:fs';
import { describeApi } from './documentation/describe-api.js';

const [file] = process.argv.slice(2);
if (!file) {
  process.stderr.write('Usage: npm run -s openapi -- FILE\n');
  process.exit(2);
}
writeFileSync(file, `${JSON.stringify(await describeApi(), null, 2)}\n`);
