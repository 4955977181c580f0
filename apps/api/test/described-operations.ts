import { type OpenAPIObject } from '@nestjs/swagger';

export type Schema = Record<string, unknown>;

/** One operation of our own OpenAPI document. */
export interface Operation {
  /** `PATCH /v1/customers/{resourceIdOrReference}` */
  name: string;
  method: string;
  path: string;
  /** `customers` */
  collection: string;
  /** Any one of them is enough; empty when nobody has to say who they are. */
  permissions: string[];
  /** Schema of the JSON that it takes; null when it takes none. */
  body: Schema | null;
  /** Names of its query parameters. */
  query: string[];
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** Every operation below /v1, in the order of the document. */
export function operationsOf(document: OpenAPIObject): Operation[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = path.startsWith('/v1/') ? item[method] : undefined;
      if (!operation) return [];
      const { content } = (operation.requestBody ?? {}) as { content?: Record<string, { schema?: Schema }> };
      const parameters = (operation.parameters ?? []) as { in?: string; name?: string }[];
      return [
        {
          name: `${method.toUpperCase()} ${path}`,
          method: method.toUpperCase(),
          path,
          collection: path.split('/')[2] ?? '',
          permissions: permissionsIn(operation.description ?? ''),
          body: content?.['application/json']?.schema ?? null,
          query: parameters.flatMap((one) => (one.in === 'query' && one.name !== undefined ? [one.name] : [])),
        },
      ];
    }),
  );
}

/** The path with `id` in the place of its parameter. */
export const pathTo = ({ path }: Operation, id = ''): string => path.replace(/\{[^}]*\}/, encodeURIComponent(id));

/** Whether the operation is about one resource that its path names. */
export const namesOne = ({ path }: Operation): boolean => path.includes('{');

/** Dotted paths of the fields that hold ids, by their names: `invoice.id`, `customer_ids`, `infos.*.schedule_id`. */
export function idFieldsOf(schema: Schema, document: OpenAPIObject): string[] {
  return [...new Set(walk(schema, document, '', []))];
}

function* walk(stated: Schema, document: OpenAPIObject, path: string, above: Schema[]): Generator<string> {
  const schema = resolved(stated, document);
  if (above.includes(schema)) return;
  const down = [...above, schema];
  for (const choice of choicesOf(schema)) yield* walk(choice, document, path, down);
  if (schema.items) yield* walk(schema.items as Schema, document, `${path}.*`, down);
  for (const [name, part] of Object.entries((schema.properties ?? {}) as Record<string, Schema>)) {
    const field = path === '' ? name : `${path}.${name}`;
    if (/_ids?$/.test(name) || (name === 'id' && path !== '')) yield field;
    yield* walk(part, document, field, down);
  }
}

const choicesOf = ({ anyOf = [], oneOf = [], allOf = [] }: Schema) => [anyOf, oneOf, allOf].flat() as Schema[];

/** What a `$ref` stands for. */
export function resolved(schema: Schema, document: OpenAPIObject): Schema {
  const name = /^#\/components\/schemas\/(.+)$/.exec(typeof schema.$ref === 'string' ? schema.$ref : '')?.[1];
  const found = name === undefined ? schema : (document.components?.schemas?.[name] as Schema | undefined);
  return found ?? {};
}

function permissionsIn(description: string): string[] {
  const [, names] = /Requires the ([A-Z_. or]+?) permission\./.exec(description) ?? [];
  return names?.split(' or ') ?? [];
}
