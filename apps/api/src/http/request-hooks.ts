import { type FastifyInstance, type FastifyRequest } from 'fastify';
import { DomainError } from '#kernel/errors';
import { newId } from '#kernel/ids';
import { type Authentication } from './authentication.js';
import { textProblem } from './json-body.js';
import { isAllowed } from './permissions.js';

/**
 * What happens to every request, in the order of judgement: the router finds the route (or the filter answers 404), then
 * the key and its permission are checked, and only then is the body read.
 */
export function addRequestHooks(server: FastifyInstance, authentication: () => Authentication): void {
  server.addHook('onRequest', (request, reply, done) => {
    reply.header('X-REQUEST-ID', request.id);
    reply.header('X-Content-Type-Options', 'nosniff');
    reply.header('Referrer-Policy', 'no-referrer');
    if (isVersioned(request)) reply.header('Cache-Control', 'no-store');
    done();
  });

  server.addHook('onRequest', async (request) => {
    if (request.is404 || !isVersioned(request)) return;
    const caller = await authentication().authenticate(request.headers);
    const permissions = request.routeOptions.config.permissions ?? [];
    if (!isAllowed(caller.roleType, permissions)) {
      throw new DomainError('USER_NOT_ALLOWED', `This key lacks the permission ${permissions.join(' or ')}.`);
    }
    request.caller = caller;
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
