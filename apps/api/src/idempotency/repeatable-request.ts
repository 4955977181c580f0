import { createHash } from 'node:crypto';
import { type FastifyRequest } from 'fastify';
import { type RepeatableRequest } from '#journal/idempotency-records';
import { DomainError } from '#kernel/errors';

declare module 'fastify' {
  interface FastifyRequest {
    /** SHA-256 of the body as it came in; undefined when it has none or nobody asked. */
    bodyHash?: string;
  }
}

const METHODS = ['POST', 'PUT', 'PATCH', 'DELETE'];
const MAX_LENGTH = 255;

export function isRepeatable({ method, headers }: FastifyRequest): boolean {
  return headers['idempotency-key'] !== undefined && METHODS.includes(method);
}

/**
 * What an `Idempotency-Key` makes of a request (a.10): the same one is who calls with the same key for the same thing,
 * and what it says is its body and its query. Null when it has no key, reads only, or nobody is authenticated.
 * @throws DomainError BAD_REQUEST when the key is empty or too long.
 */
export function repeatableRequest(request: FastifyRequest): RepeatableRequest | null {
  const { caller } = request;
  if (!caller || !isRepeatable(request)) return null;
  const key = String(request.headers['idempotency-key']);
  if (key === '' || key.length > MAX_LENGTH) {
    throw new DomainError('BAD_REQUEST', `Idempotency-Key must be 1 to ${MAX_LENGTH} characters long.`);
  }
  const [path = '', query = ''] = request.url.split('?', 2);
  return {
    platformId: caller.platformId,
    id: hash([caller.type, caller.id, request.method, path, key]),
    fingerprint: hash([query, request.bodyHash ?? '']),
  };
}

function hash(parts: string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
