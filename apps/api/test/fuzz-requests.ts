import fc from 'fast-check';
import { type OpenAPIObject } from '@nestjs/swagger';
import { type RunningApi } from './start-api.js';

type Schema = Record<string, unknown>;

export interface FuzzRequest {
  method: string;
  path: string;
  body: string | undefined;
  headers: Record<string, string>;
}

/** What is no value of any schema, or breaks whoever takes it without looking. */
const HOSTILE = fc.oneof(
  fc.constantFrom(
    null,
    true,
    '',
    0,
    -1,
    1.5,
    1e308,
    2 ** 53,
    [],
    {},
    [[]],
    [null],
    'x'.repeat(20_000),
    '\u0000',
    '\ud800',
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
const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;
/** Deeper than any request of the contract. */
const MAX_DEPTH = 6;

/** Requests that are nearly right, for every operation that the document has. */
export function fuzzRequests(document: OpenAPIObject, ids: readonly string[]): fc.Arbitrary<FuzzRequest> {
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) =>
      path.startsWith('/v1/') && item[method] ? [{ path, method, operation: item[method] }] : [],
    ),
  );
  return fc.constantFrom(...operations).chain(({ path, method, operation }) => {
    const content = (operation.requestBody as { content?: Record<string, { schema?: Schema }> } | undefined)?.content;
    const schema = content?.['application/json']?.schema;
    const query = (operation.parameters ?? []).flatMap((parameter) =>
      'in' in parameter && parameter.in === 'query' ? [parameter.name] : [],
    );
    return fc.record({
      method: fc.constant(method.toUpperCase()),
      path: fc
        .tuple(fc.array(segment(ids), { minLength: 4, maxLength: 4 }), queryOf(query))
        .map(([parts, search]) => `${path.replace(/\{[^}]*\}/g, () => parts.pop() ?? 'x')}${search}`),
      body: schema
        ? mutated(valueOf(schema, document, 0, ids)).map((value) => JSON.stringify(value))
        : fc.constant(undefined),
      headers: fc.constantFrom<Record<string, string>>(
        {},
        { prefer: 'handling=strict' },
        { 'idempotency-key': 'fuzz' },
      ),
    });
  });
}

/** Why an answer is none that a client may get; null when all is well. */
export async function problemOf(api: RunningApi, { method, path, body, headers }: FuzzRequest): Promise<string | null> {
  const response = await fetch(`${api.url}${path}`, {
    method,
    headers: {
      'x-api-key': api.key,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body }),
    signal: AbortSignal.timeout(10_000),
  });
  const text = await response.text();
  const what = `${method} ${path} → ${response.status} ${text.slice(0, 300)}`;
  if (response.status >= 500) return what;
  if (response.headers.get('x-request-id')?.startsWith('reqr_') !== true) return `${what}: no request id`;
  if (response.status < 400) return null;
  const envelope = JSON.parse(text) as Schema;
  const complete = [envelope.type, envelope.code, envelope.message].every(
    (part) => typeof part === 'string' && part !== '',
  );
  return complete ? null : `${what}: no envelope`;
}

function segment(ids: readonly string[]): fc.Arbitrary<string> {
  const odd = fc.constantFrom('x', '..', '%00', '%zz', '%ED%A0%80', '%F0%9F%98%80', "a'b", 'x'.repeat(300));
  return fc.oneof({ weight: 3, arbitrary: fc.constantFrom('nobody', ...ids) }, odd);
}

function queryOf(names: string[]): fc.Arbitrary<string> {
  if (names.length === 0) return fc.constant('');
  const value = fc.constantFrom(
    '1',
    '-1',
    '0',
    'x',
    '',
    'true',
    'asc',
    'ALL',
    'created_at',
    '1e9',
    '[2026-01-01T00:00:00Z,',
    '%00',
    '%F0%9F%98%80',
  );
  return fc
    .array(fc.tuple(fc.constantFrom(...names), value), { maxLength: 3 })
    .map((pairs) => (pairs.length > 0 ? `?${pairs.map(([name, text]) => `${name}=${text}`).join('&')}` : ''));
}

/** A value that the schema takes, mostly. */
function valueOf(
  stated: Schema,
  document: OpenAPIObject,
  depth: number,
  ids: readonly string[],
): fc.Arbitrary<unknown> {
  const schema = resolved(stated, document);
  const inner = (part: unknown) => valueOf(part as Schema, document, depth + 1, ids);
  if (Array.isArray(schema.enum)) return fc.constantFrom(...(schema.enum as unknown[]));
  if (schema.const !== undefined) return fc.constant(schema.const);
  const choices = (schema.anyOf ?? schema.oneOf) as Schema[] | undefined;
  if (choices) return fc.oneof(...choices.map(inner));
  const deep = depth > MAX_DEPTH;
  if (schema.type === 'object') return deep ? fc.constant({}) : objectOf(schema, inner);
  if (schema.type === 'array') return deep ? fc.constant([]) : fc.array(inner(schema.items ?? {}), { maxLength: 2 });
  return scalarOf(schema.type, ids);
}

function scalarOf(type: unknown, ids: readonly string[]): fc.Arbitrary<unknown> {
  switch (type) {
    case 'integer':
    case 'number':
      return fc.integer({ min: 0, max: 400 });
    case 'boolean':
      return fc.boolean();
    case 'string':
      return fc.constantFrom('a', 'a@b.example', '2026-02-01T00:00:00Z', 'Europe/Amsterdam', '10.00', 'nl-NL', ...ids);
    default:
      return fc.constantFrom(null, 'x', {});
  }
}

function objectOf(schema: Schema, inner: (part: unknown) => fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const properties = Object.entries((schema.properties ?? {}) as Record<string, Schema>);
  const requiredKeys = ((schema.required ?? []) as string[]).filter((name) => properties.some(([own]) => own === name));
  return fc.record(Object.fromEntries(properties.map(([name, part]) => [name, inner(part)])), { requiredKeys });
}

function resolved(schema: Schema, document: OpenAPIObject): Schema {
  const name = /^#\/components\/schemas\/(.+)$/.exec(typeof schema.$ref === 'string' ? schema.$ref : '')?.[1];
  const found = name === undefined ? schema : (document.components?.schemas?.[name] as Schema | undefined);
  return found ?? {};
}

/** The value as it is, or with one of its members, at any depth, replaced by something hostile, removed, or joined by one. */
function mutated(value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const change = fc.record({ hostile: HOSTILE, at: fc.nat(), extra: fc.constantFrom(null, ...PROTOTYPE_KEYS) });
  return fc.tuple(value, fc.option(change, { freq: 4 })).map(([whole, wanted]) => {
    if (!wanted) return whole;
    const places = [...placesIn(whole)];
    const place = places[wanted.at % Math.max(1, places.length)];
    if (!place) return wanted.hostile;
    const name = wanted.extra ?? place.name;
    Object.defineProperty(place.parent, name, {
      value: wanted.hostile,
      enumerable: true,
      configurable: true,
      writable: true,
    });
    return whole;
  });
}

function* placesIn(value: unknown): Generator<{ parent: object; name: string }> {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, member] of Object.entries(value)) {
    yield { parent: value, name };
    yield* placesIn(member);
  }
}

function nested(depth: number): unknown {
  return depth === 0 ? 'deep' : { a: nested(depth - 1) };
}
