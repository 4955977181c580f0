import { type OpenAPIObject } from '@nestjs/swagger';
import { CHAPTERS } from '../src/documentation/chapters.js';
import { describeApi } from '../src/documentation/describe-api.js';
import { STARTING_MS } from './start-api.js';

type Schema = Record<string, unknown>;
interface Described {
  tags: string[];
  summary?: string;
  description?: string;
  parameters: { name: string; description?: string }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  responses: Record<string, { description?: string; content?: Record<string, { schema: Schema; examples?: object }> }>;
}

describe('the OpenAPI document', () => {
  let document: OpenAPIObject;
  let operations: [string, Described][];

  beforeAll(async () => {
    document = await describeApi();
    operations = Object.entries(document.paths)
      .filter(([path]) => path.startsWith('/v1/'))
      .flatMap(([path, item]) =>
        Object.entries(item as Record<string, Described>).map(([method, operation]): [string, Described] => [
          `${method.toUpperCase()} ${path}`,
          operation,
        ]),
      );
  }, STARTING_MS);

  it('says in its own words what every operation does, and what every tag is about', () => {
    const texts = new Map(CHAPTERS.flatMap((chapter) => Object.entries(chapter.operations)));
    expect(operations.map(([name]) => name).filter((name) => !texts.has(name))).toEqual([]);
    const tags = new Set(document.tags?.filter(({ description }) => description).map(({ name }) => name));
    expect(operations.flatMap(([, { tags: own }]) => own).filter((tag) => !tags.has(tag))).toEqual([]);
  });

  it('describes no operation that is not there', () => {
    const there = new Set(operations.map(([name]) => name));
    const described = CHAPTERS.flatMap((chapter) => Object.keys(chapter.operations));
    expect(described.filter((name) => !there.has(name))).toEqual([]);
  });

  it('describes every parameter', () => {
    const silent = operations.flatMap(([name, { parameters }]) =>
      parameters.filter(({ description }) => !description).map((parameter) => `${name} ${parameter.name}`),
    );
    expect(silent).toEqual([]);
  });

  it('describes every field of every body, at any depth', () => {
    const schemas = { ...document.components?.schemas } as Record<string, Schema>;
    const bodies = operations.flatMap(([name, { requestBody, responses }]) =>
      [requestBody, ...Object.values(responses)].flatMap((body) =>
        Object.values(body?.content ?? {}).map(({ schema }): [string, Schema] => [name, schema]),
      ),
    );
    const silent = [...Object.entries(schemas), ...bodies].flatMap(([name, schema]) => [...silentFields(schema, name)]);
    expect([...new Set(silent)]).toEqual([]);
  });

  it('shows for every refusal the envelope and an example', () => {
    const bare = operations.flatMap(([name, { responses }]) =>
      Object.entries(responses)
        .filter(([status, { content }]) => Number(status) >= 400 && !content?.['application/json']?.examples)
        .map(([status]) => `${name} ${status}`),
    );
    expect(bare).toEqual([]);
  });
});

/** Dotted paths of the fields without a description; what is referred to is looked at under its own name. */
function* silentFields(schema: Schema, path: string): Generator<string> {
  for (const [name, property] of Object.entries((schema.properties ?? {}) as Record<string, Schema>)) {
    if (!property.description) yield `${path}.${name}`;
    yield* silentFields(property, `${path}.${name}`);
  }
  for (const part of [schema.items, schema.additionalProperties, schema.anyOf, schema.oneOf, schema.allOf].flat()) {
    if (typeof part === 'object' && part !== null) yield* silentFields(part as Schema, path);
  }
}
