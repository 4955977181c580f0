import { readFileSync } from 'node:fs';
import { apiConfig } from '#api/api.config';
import { workerConfig } from '#worker/worker.config';

const compose = readFileSync('docker-compose.yml', 'utf8');
const readme = readFileSync('README.md', 'utf8');

/** The part of the compose file between a line and the next one that is no deeper. */
const section = (heading: string) => {
  const [, indent = ''] = new RegExp(`^( *)${heading}:`, 'm').exec(compose) ?? [];
  const [, text = ''] = new RegExp(`^${indent}${heading}:.*\\n((?:${indent} .*\\n|\\n)*)`, 'm').exec(compose) ?? [];
  return text;
};
const passed = (service: string) =>
  [...`${section('x-program')}${section(service)}`.matchAll(/^ +([A-Z][A-Z_]+):/gm)].map(([, name]) => name);
const documented = (column: 1 | 2) =>
  [...readme.matchAll(/^\| `([A-Z_]+)` +\| +(x?) +\| +(x?) +\|/gm)]
    .filter((row) => row[column + 1] === 'x')
    .map(([, name]) => name);

/** Where a container listens is the image's matter. */
const OF_THE_IMAGE = ['HOST'];

describe.each([
  { program: 'api', settings: Object.keys(apiConfig.shape), column: 1 },
  { program: 'worker', settings: Object.keys(workerConfig.shape), column: 2 },
] as const)('each setting of the $program', ({ program, settings, column }) => {
  it('is in the README, and no other is', () => {
    expect(documented(column).sort()).toEqual([...settings].sort());
  });

  it('is passed through by the compose file', () => {
    expect(settings.filter((name) => !passed(program).includes(name) && !OF_THE_IMAGE.includes(name))).toEqual([]);
  });
});
