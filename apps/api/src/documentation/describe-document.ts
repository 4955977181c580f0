import { type OpenAPIObject } from '@nestjs/swagger';
import { type Chapter, type Json, type OperationText } from './chapter.js';
import { CHAPTERS } from './chapters.js';
import { errorExamples, errorResponses } from './errors.js';
import { exampleAnswer } from './example-answers.js';
import { describeFields } from './field-texts.js';
import { describeParameters, type Parameter } from './parameters.js';

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

interface Operation {
  tags?: string[];
  operationId?: string;
  summary?: string;
  description?: string;
  security?: unknown[];
  parameters?: Parameter[];
  requestBody?: { content?: Record<string, Json> };
  responses: Record<string, { description: string; content?: Record<string, Json> }>;
}

/** Adds, in place, all that does not follow from the routes and their schemas: texts, errors, examples. */
export function describeDocument(document: OpenAPIObject, errorSchema: Json): void {
  const schemas = (document.components?.schemas ?? {}) as Record<string, Json>;
  for (const [name, schema] of Object.entries(schemas)) describeFields(schema, name);
  document.components = { ...document.components, examples: errorExamples() };
  document.tags = CHAPTERS.map(({ tag, about }) => ({ name: tag, description: about }));
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of METHODS) {
      const operation = item[method] as unknown as Operation | undefined;
      if (operation && path.startsWith('/v1/')) describe(operation, { method, path, schemas, errorSchema });
    }
  }
}

interface Context {
  method: string;
  path: string;
  schemas: Record<string, Json>;
  errorSchema: Json;
}

function describe(operation: Operation, { method, path, schemas, errorSchema }: Context): void {
  const chapter = CHAPTERS.find(({ tag }) => operation.tags?.includes(tag));
  const text = chapter?.operations[`${method.toUpperCase()} ${path}`];
  operation.operationId = operationId(method, path);
  describeParameters(operation, { method, path, noun: chapter?.noun ?? 'resource' });
  const body = operation.requestBody?.content?.['application/json'];
  if (body) describeFields(body.schema as Json, '');
  if (text) say(operation, text, body);
  describeAnswers(operation, schemas, { chapter, text });
  const open = operation.security?.length === 0;
  const facts = { method, path, hasBody: body !== undefined, open, also: text?.also ?? [] };
  operation.responses = { ...errorResponses(facts, errorSchema), ...operation.responses };
}

/** The permission, which the operation states itself, comes last. */
function say(operation: Operation, text: OperationText, body: Json | undefined): void {
  operation.summary = text.summary;
  operation.description = [text.text, operation.description].filter(Boolean).join('\n\n');
  const marks = { 'x-additive': text.additive, 'x-differs': text.differs };
  Object.assign(operation, Object.fromEntries(Object.entries(marks).filter(([, mark]) => mark !== undefined)));
  if (body && text.body) body.example = text.body;
}

function describeAnswers(
  { responses }: Operation,
  schemas: Record<string, Json>,
  { chapter, text }: { chapter: Chapter | undefined; text: OperationText | undefined },
): void {
  for (const [status, response] of Object.entries(responses)) {
    response.description ||= status === '201' ? 'It was written.' : 'It worked.';
    const content = response.content?.['application/json'];
    if (!content) continue;
    describeFields(content.schema as Json, '');
    const example = text?.answer ?? exampleAnswer(content.schema as Json, schemas, chapter?.example);
    if (example !== undefined) content.example = example;
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
