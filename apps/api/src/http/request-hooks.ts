import { type FastifyInstance, type FastifyRequest } from 'fastify';
import { asActor } from '#kernel/actor';
import { DomainError } from '#kernel/errors';
import { newId } from '#kernel/ids';
import { type RateLimit } from '../access/rate-limit.js';
import { isAllowed } from '../access/rights.js';
import { isRepeatable } from '../idempotency/repeatable-request.js';
import { type Authentication } from './authentication.js';
import { type Caller } from './caller.js';
import { textProblem } from './json-body.js';

/** What every answer carries, also one that is given before any other hook: to a preflight. */
export function nameAnswers(server: FastifyInstance): void {
  server.addHook('onSend', (request, reply, _payload, done) => {
    reply.header('X-REQUEST-ID', request.id);
    reply.header('X-Content-Type-Options', 'nosniff');
    reply.header('Referrer-Policy', 'no-referrer');
    if (isVersioned(request)) reply.header('Cache-Control', 'no-store');
    done();
  });
}

/**
 * What happens to every request, in the order of judgement: the router finds the route (or the filter answers 404), then
 * the key and its permission are checked, and only then is the body read.
 */
export function addRequestHooks(
  server: FastifyInstance,
  authentication: () => Authentication,
  rateLimit: RateLimit,
): void {
  server.addHook('onRequest', async (request) => {
    if (request.is404 || !isVersioned(request)) return;
    const { permissions = [], open } = request.routeOptions.config;
    if (open) return;
    const caller = await authentication().authenticate(request.headers);
    rateLimit.take(caller.id, performance.now());
    if (!isAllowed(caller.rights, permissions)) throw refusalOf(caller, permissions);
    request.caller = caller;
  });

  // Not earlier: what is awaited while the body arrives would lose who it is for.
  server.addHook('preValidation', (request, _reply, done) => {
    const { caller } = request;
    if (!caller || caller.type === 'PORTAL') done();
    else asActor({ type: caller.type, id: caller.id, requestId: request.id, idempotencyKey: keyOf(request) }, done);
  });

  server.addHook('preValidation', (request, _reply, done) => {
    done(addressProblem(request) ?? undefined);
  });

  server.addHook('onSend', (_request, reply, _payload, done) => {
    // The contract's clients compare with exactly `application/json`; Fastify appends the charset.
    if (String(reply.getHeader('content-type')).startsWith('application/json')) {
      reply.header('content-type', 'application/json');
    }
    done();
  });
}

export function newRequestId(): string {
  return newId('request');
}

function refusalOf({ type }: Caller, permissions: readonly string[]): DomainError {
  const who = { API_KEY: 'This key', USER: 'This user', PORTAL: 'The token of a portal URL' }[type];
  return new DomainError('USER_NOT_ALLOWED', `${who} lacks the permission ${permissions.join(' or ')}.`);
}

function keyOf(request: FastifyRequest): string | null {
  return isRepeatable(request) ? String(request.headers['idempotency-key']) : null;
}

function isVersioned(request: FastifyRequest): boolean {
  return request.url.startsWith('/v1/');
}

/** What no database can look for, in the path or in the query. */
function addressProblem(request: FastifyRequest): DomainError | null {
  for (const [name, value] of Object.entries((request.params ?? {}) as Record<string, string>)) {
    const problem = textProblem(value);
    if (problem) return new DomainError('INVALID_ID', `The ${name} in the path ${problem}`);
  }
  for (const [name, value] of Object.entries((request.query ?? {}) as Record<string, string | string[]>)) {
    const problem = [value].flat().map(textProblem).find(Boolean);
    if (problem) return DomainError.invalidField(name, `${name} ${problem}`);
  }
  return null;
}
