import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { type FastifyRequest } from 'fastify';
import { type Rights } from '../access/rights.js';

/** Who calls, on which platform, and what they may do there. */
export interface Caller {
  platformId: string;
  /** PORTAL is a customer with the token of a portal URL, who has no rights here. */
  type: 'API_KEY' | 'USER' | 'PORTAL';
  /** Of the key, the user or the portal URL; of a person whom an OpenID Connect issuer vouches for, the subject there. */
  id: string;
  rights: Rights;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Set for every /v1 route that needs a permission, before its body is read. */
    caller?: Caller;
  }
}

/** The caller of a /v1 operation. */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext) => callerOf(context));

/** The platform that a /v1 operation works on. */
export const PlatformId = createParamDecorator((_: unknown, context: ExecutionContext) => callerOf(context).platformId);

function callerOf(context: ExecutionContext): Caller {
  const { caller } = context.switchToHttp().getRequest<FastifyRequest>();
  if (!caller) throw new Error('This route is outside /v1 or open to everybody: nobody is authenticated here.');
  return caller;
}
