import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { isUnavailable } from '#database/unavailable';
import { DomainError, type ErrorCode } from '#kernel/errors';
import { type Logger } from '#observe/logger';
import { type ApiErrorBody } from './api-error.wire.js';
import { BODY_LIMIT } from './json-body.js';
import { type Routes } from './routes.js';

const STATUS: Record<ErrorCode, number> = {
  BAD_REQUEST: 400,
  IDEMPOTENCY_CHECK_FAILED: 409,
  INVALID_FIELD: 400,
  INVALID_ID: 400,
  INVALID_OPERATION: 400,
  INTERNAL_ERROR: 500,
  MISSING_FIELD: 400,
  MISSING_VERSION: 404,
  RESOURCE_ALREADY_EXISTS: 409,
  RESOURCE_NOT_FOUND: 404,
  UNABLE_TO_PROCESS_INSTRUCTIONS: 400,
  UNAUTHORISED: 401,
  UNSUPPORTED_MEDIA_TYPE: 415,
  UNSUPPORTED_VERSION: 404,
  USER_NOT_ALLOWED: 403,
};

interface Refusal {
  status: number;
  error: DomainError;
}

/** The only place that knows both our errors and HTTP. */
@Catch()
export class ApiErrorFilter implements ExceptionFilter {
  constructor(
    private readonly routes: Routes,
    private readonly logger: Logger,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const refusal = this.refusalOf(error, request, reply);
    if (refusal) {
      const { retryAfter } = refusal.error.details;
      if (retryAfter !== undefined) reply.header('Retry-After', String(retryAfter));
      if (refusal.status === 401) this.logger.info({ request_id: request.id, ip: request.ip }, 'authentication failed');
      void reply.status(refusal.status).send(bodyOf(refusal.error));
      return;
    }
    this.logger.error({ request_id: request.id, err: error }, 'A request failed.');
    this.fail(isUnavailable(error), request, reply);
  }

  /** @param passing it will go away by itself: the database cannot be reached, or has too much to do. */
  private fail(passing: boolean, { id, method }: FastifyRequest, reply: FastifyReply): void {
    const status = passing ? 503 : 500;
    if (passing) reply.header('Transient-error', 'true');
    // Whether the same request with the same key may be sent again; without a key nobody knows what it would do twice.
    if (!reply.hasHeader('Idempotency-Retryable')) {
      reply.header('Idempotency-Retryable', String(passing || method === 'GET' || method === 'HEAD'));
    }
    const message = passing
      ? `The request could not be served just now; send it again. Support finds it by its id ${id}.`
      : `The request failed on our side; support finds it by its id ${id}.`;
    void reply.status(status).send({ type: 'API_ERROR', code: 'INTERNAL_ERROR', message } satisfies ApiErrorBody);
  }

  /** Null when the failure is ours. */
  private refusalOf(error: unknown, request: FastifyRequest, reply: FastifyReply): Refusal | null {
    if (error instanceof DomainError) return { status: statusOf(error), error };
    if (!(error instanceof HttpException) || error.getStatus() >= 500) return null;
    const status = error.getStatus();
    if (status === 404) return this.routeRefusal(request, reply);
    if (status === 413) {
      const limit = `${BODY_LIMIT / 1024 / 1024} MB`;
      return { status, error: new DomainError('BAD_REQUEST', `The body is larger than ${limit}; send less at once.`) };
    }
    const code = status === 415 ? 'UNSUPPORTED_MEDIA_TYPE' : 'BAD_REQUEST';
    return { status, error: new DomainError(code, error.message) };
  }

  private routeRefusal(request: FastifyRequest, reply: FastifyReply): Refusal {
    const [path = '/'] = request.url.split('?');
    const allowed = this.routes.allowedMethods(path);
    if (allowed.length > 0) {
      const methods = allowed.join(', ');
      reply.header('Allow', methods);
      const message = `${path} does not answer ${request.method}, but ${methods}.`;
      return { status: 405, error: new DomainError('RESOURCE_NOT_FOUND', message) };
    }
    return { status: 404, error: this.unknownPath(path) };
  }

  private unknownPath(path: string): DomainError {
    const version = /^\/v(\d+)(\/|$)/.exec(path)?.[1];
    if (version !== undefined && version !== '1') {
      return new DomainError('UNSUPPORTED_VERSION', `There is no version ${version} of this API; use /v1.`);
    }
    if (version === undefined && this.routes.allowedMethods(`/v1${path}`).length > 0) {
      return new DomainError('MISSING_VERSION', `The path lacks its version: /v1${path}.`);
    }
    return new DomainError('RESOURCE_NOT_FOUND', `There is nothing at ${path}; /docs lists what there is.`);
  }
}

/** The HTTP status of a refusal. */
export function statusOf(error: DomainError): number {
  if (error.details.retryAfter !== undefined) return 429;
  if (error.details.inFlight) return 422;
  // A missing object that the body names is a mistake in the body, not in the address.
  return error.details.foundIn === 'body' ? 400 : STATUS[error.code];
}

/** The envelope of a refusal (a.7). */
export function bodyOf({ code, message, details }: DomainError): ApiErrorBody {
  return {
    type: 'INVALID_REQUEST',
    code,
    message,
    field: details.field,
    resource_id: details.resourceId,
    resource_type: details.resourceType,
  };
}
