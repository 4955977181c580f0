import { createHash } from 'node:crypto';
import { type FastifyInstance } from 'fastify';
import { DomainError } from '#kernel/errors';
import { isRepeatable } from '../idempotency/repeatable-request.js';

/** Bytes. */
export const BODY_LIMIT = 5 * 1024 * 1024;
/** Deeper than any document of the contract. */
const MAX_DEPTH = 64;

/**
 * The API reads JSON and nothing else. An empty body is no body, whatever its declared type: clients send a content type
 * with requests that need no body.
 */
export function readJsonBodies(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    if (isRepeatable(request)) request.bodyHash = createHash('sha256').update(body).digest('hex');
    try {
      done(null, body.length === 0 ? undefined : parseJson(body as Buffer));
    } catch (error) {
      done(error as Error);
    }
  });
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => {
    if (body.length === 0) done(null, undefined);
    else done(new DomainError('UNSUPPORTED_MEDIA_TYPE', 'Send the body as JSON with Content-Type: application/json.'));
  });
}

/**
 * @throws DomainError BAD_REQUEST when it is not JSON or nested too deep; INVALID_FIELD, naming the field, for what a
 *   database cannot keep: NUL characters, halves of surrogate pairs, numbers beyond a double.
 */
function parseJson(body: Buffer): unknown {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch (error) {
    throw new DomainError('BAD_REQUEST', `The body is not valid JSON${jsonProblem(error)}.`);
  }
  checkStorable(value);
  return value;
}

/** Where, not what: the parser's sentence quotes the body, and with it whatever secret it holds. */
function jsonProblem(error: unknown): string {
  if (!(error instanceof SyntaxError)) return ': it is not UTF-8';
  const position = /position (\d+)/.exec(error.message)?.[1];
  return position === undefined ? '' : `: see position ${position}`;
}

/** Walks with a stack of its own, so that no nesting can exhaust the program's. */
function checkStorable(root: unknown): void {
  const open: { value: unknown; path: string[] }[] = [{ value: root, path: [] }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { value, path } = next;
    const problem = scalarProblem(value);
    if (problem) throw DomainError.invalidField(path.join('.'), `${path.join('.') || 'The body'} ${problem}`);
    if (typeof value !== 'object' || value === null) continue;
    if (path.length >= MAX_DEPTH) {
      throw new DomainError('BAD_REQUEST', `The body is nested more than ${MAX_DEPTH} levels deep.`);
    }
    for (const [name, member] of Object.entries(value).reverse()) {
      if (textProblem(name)) throw DomainError.invalidField(path.join('.'), `A field name ${textProblem(name) ?? ''}`);
      open.push({ value: member, path: [...path, name] });
    }
  }
}

function scalarProblem(value: unknown): string | null {
  if (typeof value === 'string') return textProblem(value);
  if (typeof value === 'number' && !Number.isFinite(value)) return 'is a number too large to be kept.';
  return null;
}

/** Why a text cannot be stored, as the end of a sentence; null when it can. */
export function textProblem(text: string): string | null {
  if (text.includes('\0')) return 'contains a NUL character; remove it.';
  if (/\p{Surrogate}/u.test(text)) return 'contains half of a Unicode surrogate pair; send whole characters.';
  return null;
}
