import fc from 'fast-check';
import { type OpenAPIObject } from '@nestjs/swagger';
import { namesOne, type Operation, operationsOf, pathTo } from './described-operations.js';
import { type BodyChange, bodyChange } from './fuzz-changes.js';
import { type PopulatedPlatform } from './populated-platform.js';
import { VALID_BODIES } from './valid-bodies.js';

/** A valid request and the one place in which it is changed; the rest is as it should be. */
export interface FuzzPlan {
  operation: Operation;
  /** Which of those that there are the path names. */
  subject: number;
  body?: BodyChange;
  /** `?…` */
  query?: string;
  headers?: Record<string, string>;
  /** Stands in the path in place of an id. */
  segment?: string;
}

export interface FuzzRequest {
  method: string;
  path: string;
  body: string | undefined;
  headers: Record<string, string>;
}

/** Valid requests of every operation, most of them with one change. */
export function fuzzPlans(document: OpenAPIObject): fc.Arbitrary<FuzzPlan> {
  return fc.constantFrom(...operationsOf(document)).chain((operation) => {
    const changes: fc.WeightedArbitrary<Omit<FuzzPlan, 'operation' | 'subject'>>[] = [
      { weight: 3, arbitrary: fc.constant({}) },
      { weight: 2, arbitrary: queryOf(operation.query).map((query) => ({ query })) },
      { weight: 1, arbitrary: HEADERS.map((headers) => ({ headers })) },
    ];
    if (operation.body) {
      changes.push({ weight: 6, arbitrary: bodyChange(operation.body, document).map((body) => ({ body })) });
    }
    if (namesOne(operation)) changes.push({ weight: 1, arbitrary: SEGMENT.map((segment) => ({ segment })) });
    return fc.tuple(fc.nat(), fc.oneof(...changes)).map(([subject, change]) => ({ operation, subject, ...change }));
  });
}

const SEGMENT = fc.oneof(
  fc.constantFrom('x', '..', '%00', '%zz', '%ED%A0%80', '%F0%9F%98%80', "a'b", 'x'.repeat(300), '__proto__', '%2F'),
  fc.string({ unit: 'grapheme', maxLength: 20 }).map(encodeURIComponent),
);

const TEXTS = ['1', '-1', '0', 'x', '', 'true', 'asc', 'ALL', 'created_at', '1e9', '[2026-01-01T00:00:00Z,', '%00'];
const VALUE = fc.oneof(
  fc.constantFrom(...TEXTS, '%F0%9F%98%80', '%ED%A0%80', '99999999999999999999', 'x'.repeat(3_000)),
  fc.string({ unit: 'grapheme', maxLength: 20 }).map(encodeURIComponent),
);

function queryOf(names: string[]): fc.Arbitrary<string> {
  const name = fc.constantFrom(...names, 'unknown', '__proto__', 'constructor', 'a[b][c]');
  return fc
    .array(fc.tuple(name, VALUE), { minLength: 1, maxLength: 2 })
    .map((pairs) => `?${pairs.map((pair) => pair.join('=')).join('&')}`);
}

const HEADER_TEXT = fc.string({ unit: 'grapheme-ascii', maxLength: 40 }).map((text) => text.trim());
const HEADERS = fc.oneof(
  fc.constantFrom<Record<string, string>>(
    { prefer: 'handling=strict' },
    { 'content-type': 'text/plain' },
    { 'content-type': 'application/json; charset=utf-16' },
    { 'content-type': 'multipart/form-data' },
    { 'idempotency-key': 'fuzz' },
    { 'idempotency-key': 'x'.repeat(1_000) },
    { 'x-platform-id': 'plat_x' },
    { accept: 'text/html' },
    { 'accept-encoding': 'br, gzip;q=0' },
    { authorization: 'Bearer eyJhbGciOiJub25lIn0.e30.' },
    { 'x-solvimon-client': '__proto__' },
  ),
  fc
    .tuple(
      fc.constantFrom('prefer', 'idempotency-key', 'x-platform-id', 'authorization', 'origin', 'cookie'),
      HEADER_TEXT,
    )
    .map(([name, value]) => ({ [name]: value })),
);

const KEPT = 30;

/** Sends what is planned to a platform that has everything, and remembers what it makes on the way. */
export class Fuzzer {
  /** Ids that there are, the latest ones, by collection. */
  private readonly pools = new Map<string, string[]>();
  /** Requests and how many of them were taken. */
  readonly counts = { sent: 0, taken: 0 };

  constructor(
    private readonly url: string,
    private readonly platform: PopulatedPlatform,
  ) {}

  /** @throws Error with the whole request when its answer is none that a client may get. */
  async send(plan: FuzzPlan): Promise<void> {
    const request = await this.requestOf(plan);
    const answer = await this.answerTo(request).catch((error: unknown) => {
      throw new Error(`no answer to ${JSON.stringify(request)}`, { cause: error });
    });
    this.counts.sent += 1;
    if (answer.status < 300) this.counts.taken += 1;
    const problem = problemOf(answer);
    if (problem !== null) throw new Error(`${problem}\n${JSON.stringify(request)}`);
    this.remember(plan.operation, answer);
  }

  private async requestOf({ operation, subject, body, query = '', headers = {}, segment }: FuzzPlan) {
    const { method, name } = operation;
    const id =
      segment ?? (namesOne(operation) ? encodeURIComponent(await this.pick(operation.collection, subject)) : '');
    const path = `${pathTo(operation, '').replace(/\/v1\/[^/]*\//, (start) => `${start}${id}`)}${query}`;
    const valid = operation.body ? (VALID_BODIES[name]?.(this.platform) ?? {}) : undefined;
    const text = valid === undefined ? undefined : body ? body(valid) : JSON.stringify(valid);
    const type: Record<string, string> = text === undefined ? {} : { 'content-type': 'application/json' };
    return { method, path, body: text, headers: { ...type, ...headers } };
  }

  private async pick(collection: string, at: number): Promise<string> {
    const pool = this.pools.get(collection) ?? [];
    this.pools.set(collection, pool);
    if (pool.length < 5 || at % 8 === 0) pool.push((await this.platform.another(collection)).id);
    return pool[at % pool.length]!;
  }

  private remember({ collection, path, method }: Operation, { status, text }: FuzzAnswer): void {
    if (status >= 300 || path !== `/v1/${collection}` || method === 'GET') return;
    const pool = [...(this.pools.get(collection) ?? []), (JSON.parse(text) as { id: string }).id];
    this.pools.set(collection, pool.slice(-KEPT));
  }

  async answerTo({ method, path, body, headers }: FuzzRequest): Promise<FuzzAnswer> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: { 'x-api-key': this.platform.key, ...headers },
      ...(body === undefined ? {} : { body }),
      signal: AbortSignal.timeout(20_000),
    });
    return { status: response.status, text: await response.text(), requestId: response.headers.get('x-request-id') };
  }
}

export interface FuzzAnswer {
  status: number;
  text: string;
  requestId: string | null;
}

/** Why an answer is none that a client may get; null when all is well. */
export function problemOf({ status, text, requestId }: FuzzAnswer): string | null {
  const what = `${status} ${text.slice(0, 300)}`;
  if (status >= 500) return what;
  if (requestId?.startsWith('reqr_') !== true) return `${what}: no request id`;
  if (status < 400) return null;
  const envelope = JSON.parse(text) as Record<string, unknown>;
  const complete = [envelope.type, envelope.code, envelope.message].every(
    (part) => typeof part === 'string' && part !== '',
  );
  return complete ? null : `${what}: no envelope`;
}
