import { type OpenAPIObject } from '@nestjs/swagger';
import { type Json } from './chapter.js';
import { DECISIONS } from './decisions.js';
import { bodiesOf, fieldPaths } from './field-paths.js';

/** What the reference calls things under one tag: names only. */
export interface ReferenceTag {
  /** Its operations that are served, with the names of their query parameters, separated by spaces. */
  operations: Record<string, string>;
  notServed: string[];
  /** Dotted paths of the fields of all its bodies, two levels deep, separated by spaces. */
  fields: string;
}

export interface DescribedOperation {
  name: string;
  tag: string;
  summary?: string;
  parameters: { name: string; in: string; 'x-additive'?: true }[];
  requestBody?: Json;
  responses: Record<string, Json>;
  'x-additive'?: true;
  'x-differs'?: string;
}

/** docs/compatibility.md: our OpenAPI document beside the names of the reference. */
export function compatibility(document: OpenAPIObject, reference: Record<string, ReferenceTag>): string {
  const operations = operationsOf(document);
  const sections = (document.tags ?? []).map(({ name }) => {
    const own = operations.filter(({ tag }) => tag === name);
    return section(name, own, reference[name], document);
  });
  return `${[INTRODUCTION, counts(operations, reference), ...sections, sharedHeaders(operations), decisions()].join('\n\n')}\n`;
}

/** Every operation below /v1. */
export function operationsOf(document: OpenAPIObject): DescribedOperation[] {
  return Object.entries(document.paths)
    .filter(([path]) => path.startsWith('/v1/'))
    .flatMap(([path, item]) =>
      Object.entries(item as Record<string, DescribedOperation & { tags: [string] }>).map(([method, operation]) => ({
        ...operation,
        name: `${method.toUpperCase()} ${path}`,
        tag: operation.tags[0],
      })),
    );
}

const INTRODUCTION = `# Compatibility

What a client of Solvimon's API ("the reference") finds here, operation by operation. This page is made by \`npm run -s compatibility\` from the OpenAPI document and its sources; do not edit it.

- **same**: path, parameters, fields and statuses are those of the reference. Where the reference is silent, the decisions at the end hold.
- **additive**: the reference has no such operation, field or parameter. A client that does not know it misses nothing.
- **different**: it is there and answers, but means something else in one point; the point is stated.`;

function counts(operations: DescribedOperation[], reference: Record<string, ReferenceTag>): string {
  const count = (kind: string) => operations.filter((operation) => kindOf(operation) === kind).length;
  const notServed = Object.values(reference).flatMap((tag) => tag.notServed).length;
  return `Of ${operations.length} operations ${count('same')} are the same, ${count('different')} differ in one point and ${count('additive')} are additive. ${notServed} operations of the same tags of the reference are not served.`;
}

function kindOf(operation: DescribedOperation): 'same' | 'additive' | 'different' {
  if (operation['x-additive']) return 'additive';
  return operation['x-differs'] === undefined ? 'same' : 'different';
}

function section(
  tag: string,
  operations: DescribedOperation[],
  reference: ReferenceTag | undefined,
  document: OpenAPIObject,
): string {
  const rows = operations.map(
    (operation) =>
      `| \`${operation.name}\` | ${kindOf(operation)} | ${operation['x-differs'] ?? operation.summary ?? ''} |`,
  );
  const table = ['| Operation | | |', '| --- | --- | --- |', ...rows].join('\n');
  const parts = [`## ${tag}`, table];
  if (reference) {
    const fields = additiveFields(operations, reference, document);
    const parameters = additiveParameters(operations, reference);
    if (fields.length > 0) parts.push(`Additive fields: ${code(fields)}.`);
    if (parameters.length > 0) parts.push(['Additive parameters:', '', ...parameters].join('\n'));
    if (reference.notServed.length > 0) parts.push(`Not served: ${code(reference.notServed)}.`);
  }
  return parts.join('\n\n');
}

/** Fields that our bodies have and the reference's under the same tag have not, without those below one that is named. */
function additiveFields(operations: DescribedOperation[], reference: ReferenceTag, document: OpenAPIObject): string[] {
  const known = new Set(reference.fields.split(' '));
  const bodies = operations.filter((operation) => !operation['x-additive']).flatMap(bodiesOf);
  const own = [...new Set(bodies.flatMap((schema) => fieldPaths(schema, document)))];
  const additive = own.filter((path) => !known.has(path));
  return additive.filter((path) => !additive.some((other) => path.startsWith(`${other}.`))).sort();
}

function additiveParameters(operations: DescribedOperation[], reference: ReferenceTag): string[] {
  return operations.flatMap((operation) => {
    const known = reference.operations[operation.name]?.split(' ');
    const query = operation.parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name);
    const additive = known ? query.filter((name) => !known.includes(name)) : [];
    return additive.length > 0 ? [`- \`${operation.name}\`: ${code(additive)}`] : [];
  });
}

/** Headers that the reference does not describe, of requests; those of answers are in the decisions. */
function sharedHeaders(operations: DescribedOperation[]): string {
  const headers = operations.flatMap(({ parameters }) =>
    parameters.filter((parameter) => parameter.in === 'header' && parameter['x-additive']).map(({ name }) => name),
  );
  return `## Headers

Of requests: ${code([...new Set(headers)])} is additive. Of answers: ${code(['X-Ignored-Fields', 'Preference-Applied', 'Retry-After', 'Link', 'X-Total-Count'])} are.`;
}

function decisions(): string {
  const topics = Object.entries(DECISIONS).map(([topic, lines]) =>
    [`### ${topic}`, '', ...lines.map((line) => `- ${line}`)].join('\n'),
  );
  return ['## Decisions', 'Where the reference is silent, this is how it is here.', ...topics].join('\n\n');
}

const code = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(', ');
