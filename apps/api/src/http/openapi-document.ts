import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { z } from 'zod';
import { describeDocument } from '../documentation/describe-document.js';
import { apiError } from './api-error.wire.js';

type Schema = Record<string, unknown>;

const ABOUT = `Turns what happens to an invoice, a payment, a trial or a wallet into mail that reaches the customer exactly once.

Send your key in \`X-API-KEY\`, or an access token as \`Authorization: Bearer\`. Bodies are JSON. Instants are ISO 8601 in UTC, amounts decimal strings in major units of their currency, ids opaque. What is not set is left out of answers. Operations and fields marked \`x-additive\` are this product's own; what is different from the reference is in docs/compatibility.md.

The examples work when pasted: put ids of yours in the places of theirs.`;

/** The OpenAPI 3.1 document of the running routes. Needs no database. */
export function openApiDocument(app: NestFastifyApplication): OpenAPIObject {
  const builder = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Billing Workflows')
    .setDescription(ABOUT)
    .setVersion('1')
    .addServer('/', 'This installation')
    .addApiKey({ type: 'apiKey', in: 'header', name: 'X-API-KEY', description: 'A key of the platform.' }, 'API-Key')
    .addBearerAuth(
      { type: 'http', scheme: 'bearer', description: 'An access token of `POST /v1/oauth/token`.' },
      'JWT-Authentication',
    )
    .addSecurityRequirements('API-Key')
    .addSecurityRequirements('JWT-Authentication');
  const document = SwaggerModule.createDocument(app, builder.build(), { standardSchemaConverter: jsonSchema });
  const error = jsonSchema(apiError);
  document.components = { ...document.components };
  document.components.schemas = { ...document.components.schemas, ...(error.components as object) };
  describeDocument(document, error.schema);
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
