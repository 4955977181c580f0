import fc from 'fast-check';
import { type OpenAPIObject } from '@nestjs/swagger';
import { resolved, type Schema } from './described-operations.js';

/** What is no value of any schema, or breaks whoever takes it without looking. */
const HOSTILE = fc.oneof(
  fc.constantFrom(
    ...[null, true, '', 0, -1, 1.5, 1e308, 2 ** 53, [], {}, [[]], [null]],
    ...['x'.repeat(20_000), '\u0000', '\ud800', 'cust_'.padEnd(300, 'x')],
  ),
  fc.constantFrom(
    '../../etc/passwd',
    "'; DROP TABLE customer; --",
    '{{constructor}}',
    '<script>',
    '\r\nBcc: a@b.c',
    '𝕏\u202e',
  ),
  fc.constantFrom('9999-12-31T23:59:59Z', '0000-00-00', '2026-02-30', 'NaN', '1e400', '99999999999999999999.99'),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.jsonValue({ maxDepth: 4 }),
  fc.constant(nested(80)),
);
const PROTOTYPE_KEYS = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'];
/** Deeper than any request of the contract. */
const MAX_DEPTH = 6;

/** One change of a body. @returns the text that is sent. */
export type BodyChange = (body: unknown) => string;

/** A body with one place replaced, removed, joined by another, or filled by what the schema says; or cut short as a text. */
export function bodyChange(schema: Schema, document: OpenAPIObject): fc.Arbitrary<BodyChange> {
  const at = fc.nat();
  const replaced = fc.record({ at, value: HOSTILE }).map(({ at, value }): BodyChange => {
    return (body) => changed(body, at, ({ holder, name }) => set(holder, name, value), value);
  });
  const removed = at.map((at): BodyChange => {
    return (body) => changed(body, at, ({ holder, name }) => Reflect.deleteProperty(holder, name), {});
  });
  const joined = fc
    .record({ at, name: fc.oneof(fc.constantFrom(...PROTOTYPE_KEYS), fc.string({ maxLength: 30 })), value: HOSTILE })
    .map(
      ({ at, name, value }): BodyChange =>
        (body) =>
          changed(body, at, ({ holder }) => set(holder, name, value), {}),
    );
  const cut = at.map((at): BodyChange => {
    return (body) => {
      const text = JSON.stringify(body);
      return text.slice(0, at % (text.length + 1));
    };
  });
  return fc.oneof(
    { weight: 4, arbitrary: replaced },
    { weight: 4, arbitrary: filled(schema, document) },
    { weight: 3, arbitrary: joined },
    { weight: 2, arbitrary: removed },
    { weight: 1, arbitrary: cut },
  );
}

/** A field of the schema with a value that the schema takes, mostly. */
function filled(stated: Schema, document: OpenAPIObject): fc.Arbitrary<BodyChange> {
  const { properties = {} } = resolved(stated, document) as { properties?: Record<string, Schema> };
  const names = Object.keys(properties);
  if (names.length === 0) return fc.constant((body) => JSON.stringify(body));
  return fc.constantFrom(...names).chain((name) =>
    valueOf(properties[name] ?? {}, document, 0).map((value): BodyChange => {
      return (body) => JSON.stringify({ ...(body as object), [name]: value });
    }),
  );
}

interface Place {
  holder: object;
  name: string;
}

function changed(body: unknown, at: number, change: (place: Place) => unknown, otherwise: unknown): string {
  const copy = structuredClone(body);
  const places = [...placesIn(copy)];
  const place = places[at % Math.max(1, places.length)];
  if (place) change(place);
  return JSON.stringify(place ? copy : otherwise);
}

/** Also under a name that means something to JavaScript. */
function set(holder: object, name: string, value: unknown): void {
  Object.defineProperty(holder, name, { value, enumerable: true, configurable: true, writable: true });
}

function* placesIn(value: unknown): Generator<Place> {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, member] of Object.entries(value)) {
    yield { holder: value, name };
    yield* placesIn(member);
  }
}

function valueOf(stated: Schema, document: OpenAPIObject, depth: number): fc.Arbitrary<unknown> {
  const schema = resolved(stated, document);
  const inner = (part: unknown) => valueOf(part as Schema, document, depth + 1);
  if (Array.isArray(schema.enum)) return fc.constantFrom(...(schema.enum as unknown[]));
  if (schema.const !== undefined) return fc.constant(schema.const);
  const choices = (schema.anyOf ?? schema.oneOf) as Schema[] | undefined;
  if (choices) return fc.oneof(...choices.map(inner));
  const deep = depth > MAX_DEPTH;
  if (schema.type === 'object') return deep ? fc.constant({}) : objectOf(schema, inner);
  if (schema.type === 'array') return deep ? fc.constant([]) : fc.array(inner(schema.items ?? {}), { maxLength: 2 });
  return scalarOf(schema.type);
}

function scalarOf(type: unknown): fc.Arbitrary<unknown> {
  switch (type) {
    case 'integer':
    case 'number':
      return fc.integer({ min: 0, max: 400 });
    case 'boolean':
      return fc.boolean();
    case 'string':
      return fc.constantFrom('a', 'a@b.example', '2026-02-01T00:00:00Z', 'Europe/Amsterdam', '10.00', 'nl-NL');
    default:
      return fc.constantFrom(null, 'x', {});
  }
}

function objectOf(schema: Schema, inner: (part: unknown) => fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const properties = Object.entries((schema.properties ?? {}) as Record<string, Schema>);
  const requiredKeys = ((schema.required ?? []) as string[]).filter((name) => properties.some(([own]) => own === name));
  return fc.record(Object.fromEntries(properties.map(([name, part]) => [name, inner(part)])), { requiredKeys });
}

function nested(depth: number): unknown {
  return depth === 0 ? 'deep' : { a: nested(depth - 1) };
}
