/**
 * Plants violations and expects ESLint to report them. A selector that is written wrongly does not fail the lint: it
 * prints a warning and forbids nothing from then on. The texts are linted as if they stood in these files, unwritten.
 */
import { ESLint } from 'eslint';

const PLANTED = [
  {
    rule: 'boundaries/dependencies',
    file: 'libs/kernel/src/amount.ts',
    text: "import { migrate } from '#database/migrate';\n\nexport const planted = migrate;\n",
  },
  {
    rule: 'boundaries/dependencies',
    file: 'libs/queue/src/backend.ts',
    text: "import { migrate } from '#database/migrate';\n\nexport const planted = migrate;\n",
  },
  {
    rule: 'no-restricted-imports',
    file: 'libs/kernel/src/amount.ts',
    text: "import { Client } from 'pg';\n\nexport const planted = new Client();\n",
  },
  {
    rule: 'no-restricted-syntax',
    file: 'libs/kernel/src/amount.ts',
    text: 'export const planted = Date.now();\n',
  },
];

const eslint = new ESLint({ cwd: new URL('..', import.meta.url).pathname });
let unreported = 0;
for (const { rule, file, text } of PLANTED) {
  const [result] = await eslint.lintText(text, { filePath: file });
  if (result?.messages.some(({ ruleId }) => ruleId === rule)) continue;
  unreported += 1;
  process.stderr.write(`${rule} said nothing about this in ${file}:\n${text}\n`);
}
if (unreported > 0) {
  process.stderr.write('The rules of eslint.config.js do not hold what they promise: check its selectors.\n');
  process.exitCode = 1;
} else {
  process.stdout.write(`${PLANTED.length} planted violations, all reported.\n`);
}
