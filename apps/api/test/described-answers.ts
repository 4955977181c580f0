import { type OpenAPIObject } from '@nestjs/swagger';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

interface Given {
  status: number;
  /** Without its parameter. */
  contentType: string | null;
  body: unknown;
}

/** Compares answers with what the API says of itself in its OpenAPI document. */
export class DescribedAnswers {
  private readonly ajv = new Ajv2020({ strict: false, validateSchema: false, validateFormats: false });
  private readonly validators = new Map<string, ValidateFunction>();

  constructor(private readonly document: OpenAPIObject) {
    this.ajv.addSchema(document, 'openapi');
  }

  /** @throws Error when the answer is none that the document has for this operation. */
  check(method: string, path: string, { status, contentType, body }: Given): void {
    if (!path.startsWith('/v1/') || ['HEAD', 'OPTIONS'].includes(method)) return;
    const what = `${method} ${path} → ${status}`;
    if (status >= 400) this.validate('#/components/schemas/ApiError', body, what);
    const operation = this.operation(method, path);
    // What is not there refuses in the envelope, which is all that can be said of it.
    if (!operation && status >= 400) return;
    const content = describedContent(operation?.responses, status, what);
    if (!operation || !content) return;
    requireType(content, contentType, what);
    if (contentType !== 'application/json' || status >= 400) return;
    const pointer = ['paths', operation.path, method.toLowerCase(), 'responses', status, 'content', contentType];
    this.validate(`#/${[...pointer, 'schema'].map(escaped).join('/')}`, body, what);
  }

  private validate(reference: string, body: unknown, what: string): void {
    const validate = this.validators.get(reference) ?? this.ajv.compile({ $ref: `openapi${reference}` });
    this.validators.set(reference, validate);
    if (validate(body)) return;
    const problems = (validate.errors ?? []).slice(0, 5).map((e) => `${e.instancePath || '/'} ${e.message ?? ''}`);
    throw new Error(`${what} is not as described: ${problems.join('; ')}\n${JSON.stringify(body).slice(0, 1_000)}`);
  }

  private operation(method: string, path: string): { path: string; responses: Record<string, unknown> } | null {
    const segments = path.split('?')[0]!.split('/');
    const [best] = Object.keys(this.document.paths)
      .filter((template) => fits(template.split('/'), segments))
      .sort((a, b) => a.split('{').length - b.split('{').length);
    const found = best === undefined ? undefined : this.document.paths[best]?.[method.toLowerCase() as 'get'];
    return found && best !== undefined ? { path: best, responses: found.responses } : null;
  }
}

/** Null when the document says nothing of the content. */
function describedContent(
  responses: Record<string, unknown> | undefined,
  status: number,
  what: string,
): Record<string, unknown> | null {
  if (!responses) throw new Error(`${what}: the document has no such operation.`);
  const described = responses[status] as { content?: Record<string, unknown> } | undefined;
  if (!described) throw new Error(`${what}: the document has only ${Object.keys(responses).join(', ')}.`);
  return described.content ?? null;
}

function requireType(content: Record<string, unknown>, contentType: string | null, what: string): void {
  if (contentType !== null && contentType in content) return;
  throw new Error(`${what}: the document has no ${contentType ?? 'answer without content type'} here.`);
}

function fits(template: string[], segments: string[]): boolean {
  return (
    template.length === segments.length && template.every((part, n) => part.startsWith('{') || part === segments[n])
  );
}

function escaped(part: string | number): string {
  return encodeURIComponent(String(part).replaceAll('~', '~0').replaceAll('/', '~1'));
}
