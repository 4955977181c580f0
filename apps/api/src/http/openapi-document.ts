import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { z } from 'zod';
import { apiError } from './api-error.wire.js';

/** What every operation below /v1 may answer beside its success. */
const ERRORS: Record<string, string> = {
  400: 'The request is wrong; `field` says where.',
  401: 'The API key is missing or unknown.',
  403: 'The API key lacks the permission.',
  404: 'There is no such resource on this platform.',
  409: 'Something else has this reference already, or the Idempotency-Key was used for something else.',
  429: 'Too many requests; `Retry-After` says how many seconds to wait.',
  500: 'The request failed on our side; `Idempotency-Retryable` says whether the same may be sent again.',
  503: 'The request cannot be served just now; send the same again.',
};
/** What an operation may answer that changes something. */
const ERRORS_OF_WRITES: Record<string, string> = {
  422: 'The same request with the same Idempotency-Key is still being worked on; send it again in a moment.',
};
/** What an operation may answer that has a body. */
const ERRORS_OF_BODIES: Record<string, string> = {
  413: 'The body is larger than 5 MB.',
  415: 'The body is not `application/json`.',
};
const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** Headers of operations that change something. */
const WRITE_HEADERS = [
  {
    name: 'Idempotency-Key',
    in: 'header' as const,
    required: false,
    description: 'Chosen by you (a UUID): the same request with the same key has one effect, for 48 hours.',
    schema: { type: 'string' as const, maxLength: 255 },
  },
  {
    name: 'Prefer',
    in: 'header' as const,
    required: false,
    description:
      '`handling=strict` refuses fields that the operation does not know; else `X-Ignored-Fields` names them.',
    schema: { type: 'string' as const },
  },
];

type Schema = Record<string, unknown>;

/** The OpenAPI 3.1 document of the running routes. Needs no database. */
export function openApiDocument(app: NestFastifyApplication): OpenAPIObject {
  const builder = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Billing Workflows')
    .setDescription('Turns billing events into mail that reaches the customer exactly once.')
    .setVersion('1')
    .addApiKey({ type: 'apiKey', in: 'header', name: 'X-API-KEY' }, 'API-Key')
    .addBearerAuth({ type: 'http', scheme: 'bearer' }, 'JWT-Authentication')
    .addSecurityRequirements('API-Key')
    .addSecurityRequirements('JWT-Authentication');
  const document = SwaggerModule.createDocument(app, builder.build(), { standardSchemaConverter: jsonSchema });
  addWhatAllShare(document);
  return document;
}

/** One schema under `id` is the same in requests and answers, so both are written as what may be sent. */
function jsonSchema(schema: unknown): { schema: Schema; components: Record<string, Schema> } {
  const {
    $schema: _,
    $defs = {},
    ...root
  } = z.toJSONSchema(schema as z.ZodType, {
    io: 'input',
    unrepresentable: 'any',
  }) as Schema & { $defs?: Record<string, Schema> };
  const { id } = root;
  const components = Object.fromEntries(Object.entries($defs).map(([name, { id: _id, ...rest }]) => [name, rest]));
  if (typeof id !== 'string') return { schema: root, components };
  delete root.id;
  return { schema: { $ref: `#/components/schemas/${id}` }, components: { ...components, [id]: root } };
}

function addWhatAllShare(document: OpenAPIObject): void {
  const error = jsonSchema(apiError);
  document.components = { ...document.components };
  document.components.schemas = { ...document.components.schemas, ...(error.components as object) };
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of METHODS) {
      const operation = item[method];
      if (!operation || !path.startsWith('/v1/')) continue;
      operation.operationId = operationId(method, path);
      operation.parameters = [
        ...(operation.parameters ?? []),
        {
          name: 'x-platform-id',
          in: 'header',
          required: false,
          description: 'Platform ID.',
          schema: { type: 'string' },
        },
        ...(method === 'get' ? [] : WRITE_HEADERS),
      ];
      for (const [status, description] of Object.entries(errorsOf(method, operation))) {
        operation.responses[status] ??= { description, content: { 'application/json': { schema: error.schema } } };
      }
    }
  }
}

function errorsOf(method: string, { requestBody }: { requestBody?: unknown }): Record<string, string> {
  return { ...ERRORS, ...(method === 'get' ? {} : ERRORS_OF_WRITES), ...(requestBody ? ERRORS_OF_BODIES : {}) };
}

/** As the reference names them: `GET /v1/customers/{resourceId}` → `getCustomersByResourceId`. */
function operationId(method: string, path: string): string {
  const words = path
    .replace(/^\/v1\//, '')
    .split('/')
    .map((part) => pascalCase(part.replace(/^\{(.*)\}$/, 'by-$1')));
  return method + words.join('');
}

function pascalCase(text: string): string {
  return text.replace(/(^|[-_])(\w)/g, (_match, _dash, letter: string) => letter.toUpperCase());
}
