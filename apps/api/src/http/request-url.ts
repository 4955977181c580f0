import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { type FastifyRequest } from 'fastify';
import { DomainError } from '#kernel/errors';

/** Where the request went, as its caller wrote it (host and protocol as received), for links to further pages. */
export const RequestUrl = createParamDecorator((_: unknown, context: ExecutionContext) => {
  const { protocol, host, originalUrl } = context.switchToHttp().getRequest<FastifyRequest>();
  const base = `${protocol}://${host}`;
  if (!URL.canParse(originalUrl, base)) throw new DomainError('BAD_REQUEST', 'The Host header names no host.');
  return new URL(originalUrl, base);
});
