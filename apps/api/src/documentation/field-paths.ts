import { type OpenAPIObject } from '@nestjs/swagger';
import { type Json } from './chapter.js';

/** Levels of names: `links.next` has two. */
const DEPTH = 2;

interface Bodies {
  requestBody?: Json;
  responses: Record<string, Json>;
}

/** The schemas of the body that an operation takes, and of those that its successes answer. */
export function bodiesOf({ requestBody, responses }: Bodies): Json[] {
  const successes = Object.entries(responses).filter(([status]) => Number(status) < 300);
  return [requestBody, ...successes.map(([, response]) => response)].flatMap((body) =>
    Object.values((body?.content ?? {}) as Record<string, { schema?: Json }>).map(({ schema = {} }) => schema),
  );
}

/** Dotted paths of the fields of a body, two levels deep; the rows of a page stand as they would stand alone. */
export function fieldPaths(schema: Json, document: OpenAPIObject): string[] {
  const paths = [...walk(schema, document, [])].map((names) => names.join('.'));
  return [...new Set(paths.map((path) => path.replace(/^data\.?/, '')).filter((path) => path !== ''))];
}

function* walk(schema: Json, document: OpenAPIObject, above: string[]): Generator<string[]> {
  if (above.length >= DEPTH) return;
  const whole = resolved(schema, document);
  for (const [name, property] of Object.entries((whole.properties ?? {}) as Record<string, Json>)) {
    yield [...above, name];
    yield* walk(property, document, [...above, name]);
  }
  for (const part of [whole.items, whole.anyOf, whole.oneOf, whole.allOf].flat()) {
    if (typeof part === 'object' && part !== null) yield* walk(part as Json, document, above);
  }
}

function resolved(schema: Json, document: OpenAPIObject): Json {
  const name = typeof schema.$ref === 'string' ? schema.$ref.split('/').pop() : undefined;
  if (name === undefined) return schema;
  return (document.components?.schemas?.[name] ?? {}) as Json;
}
