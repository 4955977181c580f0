import { readFileSync } from 'node:fs';
import { type OpenAPIObject } from '@nestjs/swagger';
import { compatibility, operationsOf, type ReferenceTag } from '../src/documentation/compatibility.js';
import { describeApi } from '../src/documentation/describe-api.js';
import { STARTING_MS } from './start-api.js';

const reference = JSON.parse(readFileSync('scripts/reference-names.json', 'utf8')) as Record<string, ReferenceTag>;

describe('docs/compatibility.md', () => {
  let document: OpenAPIObject;

  beforeAll(async () => {
    document = await describeApi();
  }, STARTING_MS);

  it('is what npm run -s compatibility makes of the API as it is', () => {
    expect(readFileSync('docs/compatibility.md', 'utf8')).toBe(compatibility(document, reference));
  });

  it('calls an operation additive if and only if the reference has none like it', () => {
    const known = new Set(Object.values(reference).flatMap(({ operations }) => Object.keys(operations)));
    const marked = operationsOf(document).map((operation) => [operation.name, operation['x-additive'] ?? false]);
    expect(marked).toEqual(marked.map(([name]) => [name, !known.has(String(name))]));
  });

  it('misses no operation of the reference that was served', () => {
    const served = new Set(operationsOf(document).map(({ name }) => name));
    const known = Object.values(reference).flatMap(({ operations }) => Object.keys(operations));
    expect(known.filter((name) => !served.has(name))).toEqual([]);
  });
});
