import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type FastifyInstance } from 'fastify';
import { pendingMigrations } from '#database/migrate';
import { type ApiConfig } from './api.config.js';
import { apiLogger, QuietNestLogger } from './api-logger.js';
import { RateLimit } from './access/rate-limit.js';
import { ApiModule } from './api.module.js';
import { ApiErrorFilter } from './http/api-error.filter.js';
import { Authentication } from './http/authentication.js';
import { answerBadAddress, answerBadRequest, answerExpectation } from './http/below-the-router.js';
import { serveDocs } from './http/docs-page.js';
import { serveGuides } from './http/guides.js';
import { handleUnknownFields } from './http/ignored-fields.js';
import { BODY_LIMIT, readJsonBodies } from './http/json-body.js';
import { openApiDocument } from './http/openapi-document.js';
import { parseQueryString } from './http/query-string.js';
import { addRequestHooks, nameAnswers, newRequestId } from './http/request-hooks.js';
import { Routes } from './http/routes.js';
import { ValidationPipe } from './http/validation.js';

/**
 * The whole API, ready to `listen`. Makes the bootstrap keys.
 * @param extend adds routes of its own to the server, before it starts.
 * @throws when the database cannot be used or an operation does not state its permission.
 */
export async function createApi(
  config: ApiConfig,
  extend: (server: FastifyInstance) => void = () => undefined,
): Promise<NestFastifyApplication> {
  const pending = await pendingMigrations(config.DATABASE_URL);
  if (pending.length > 0) {
    throw new Error(`The database lacks ${pending.join(', ')}: run node dist/apps/api/src/migrate.js first.`);
  }
  const { app, routes } = await assembleApi(config);
  const server = app.getHttpAdapter().getInstance();
  serveDocs(server, () => openApiDocument(app));
  serveGuides(server);
  try {
    extend(server);
    await app.init();
    await server.ready();
    routes.checkPermissions();
    return app;
  } catch (error) {
    await app.close();
    throw error;
  }
}

/** The application with its routes known and nothing started: enough to describe it. */
export async function assembleApi(config: ApiConfig): Promise<{ app: NestFastifyApplication; routes: Routes }> {
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT,
    genReqId: newRequestId,
    // A caller's own request id is not ours: every answer has a new one.
    requestIdHeader: false,
    frameworkErrors: answerBadAddress,
    clientErrorHandler: answerBadRequest,
    routerOptions: { maxParamLength: 1024, querystringParser: parseQueryString },
  });
  const server = adapter.getInstance();
  const routes = new Routes(server);
  const logger = apiLogger(config.LOG_LEVEL);
  // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- Nest declares its options as a class and takes a literal
  const app = await NestFactory.create<NestFastifyApplication>(ApiModule.with(config), adapter, {
    bodyParser: false,
    logger: new QuietNestLogger(logger),
    abortOnError: false,
  });
  nameAnswers(server);
  app.enableCors({
    origin: '*',
    methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    // An OPTIONS that is no preflight is answered like one.
    strictPreflight: false,
    exposedHeaders: [
      'X-Request-Id',
      'Idempotent-Replayed',
      'Idempotency-Retryable',
      'Transient-error',
      'Preference-Applied',
      'Retry-After',
      'X-Ignored-Fields',
      'Link',
      'X-Total-Count',
    ],
  });
  server.server.on('checkExpectation', answerExpectation);
  readJsonBodies(server);
  handleUnknownFields(server);
  addRequestHooks(server, () => app.get(Authentication), new RateLimit(config.RATE_LIMIT_PER_MINUTE));
  app.useGlobalFilters(new ApiErrorFilter(routes, logger));
  app.useGlobalPipes(new ValidationPipe());
  return { app, routes };
}
