import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { type FastifyRequest } from 'fastify';

/** Who calls: one API key of one platform. */
export interface Caller {
  platformId: string;
  apiKeyId: string;
  /** ADMINISTRATOR may do everything, READ_ONLY may look. */
  roleType: string;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Set for every /v1 route before its body is read. */
    caller?: Caller;
  }
}

/** The caller of a /v1 operation. */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext) => callerOf(context));

/** The platform that a /v1 operation works on. */
export const PlatformId = createParamDecorator((_: unknown, context: ExecutionContext) => callerOf(context).platformId);

function callerOf(context: ExecutionContext): Caller {
  const { caller } = context.switchToHttp().getRequest<FastifyRequest>();
  if (!caller) throw new Error('This route is outside /v1: nobody is authenticated here.');
  return caller;
}
