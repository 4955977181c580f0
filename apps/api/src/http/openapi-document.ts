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
  409: 'Something else has this reference already.',
  500: 'The request failed on our side.',
};
const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

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
      ];
      for (const [status, description] of Object.entries(ERRORS)) {
        operation.responses[status] ??= { description, content: { 'application/json': { schema: error.schema } } };
      }
    }
  }
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
