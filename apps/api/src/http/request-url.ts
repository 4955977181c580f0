import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { type FastifyRequest } from 'fastify';

/** Where the request went, as its caller wrote it (host and protocol as received), for links to further pages. */
export const RequestUrl = createParamDecorator((_: unknown, context: ExecutionContext) => {
  const { protocol, host, originalUrl } = context.switchToHttp().getRequest<FastifyRequest>();
  return new URL(originalUrl, `${protocol}://${host}`);
});
