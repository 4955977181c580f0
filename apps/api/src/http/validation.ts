import { type ArgumentMetadata, Injectable, type PipeTransform } from '@nestjs/common';
import { type z } from 'zod';
import { DomainError } from '#kernel/errors';
import { noteIgnoredFields } from './ignored-fields.js';
import { dottedField, sentence } from './issue-sentences.js';

/** Validates what `@Body/@Query/@Param({ schema })` state; arguments without a schema pass as they are. */
@Injectable()
export class ValidationPipe implements PipeTransform {
  transform(value: unknown, { schema, type }: ArgumentMetadata): unknown {
    if (!schema || type === 'custom') return value;
    const stated = type === 'body' && value === undefined ? {} : value;
    const kept = validate(schema as unknown as z.ZodType, stated);
    if (type === 'body') noteIgnoredFields(stated, kept);
    return kept;
  }
}

type Path = (string | number)[];

/**
 * The value as the schema makes it: unknown fields are gone, defaults are in.
 * @throws DomainError MISSING_FIELD or INVALID_FIELD for the first problem in the order in which the value was written;
 *   what is missing comes after what is wrong.
 */
export function validate<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value, { error: sentence });
  if (result.success) return result.data;
  const [first] = result.error.issues
    .map((issue) => ({ message: issue.message, path: issue.path as Path }))
    .sort((a, b) => compareOrder(orderIn(value, a.path), orderIn(value, b.path)));
  const { message, path } = first ?? { message: 'The request is invalid.', path: [] };
  const field = dottedField(path);
  if (path.length === 0) throw new DomainError('BAD_REQUEST', message);
  throw valueAt(value, path) === undefined
    ? DomainError.missingField(field, message)
    : DomainError.invalidField(field, message);
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((at, key) => (isContainer(at) ? (at as Record<string, unknown>)[key] : undefined), value);
}

/** Position of a path among the members of each object on its way. */
function orderIn(value: unknown, path: Path): number[] {
  return path.map((key, depth) => {
    const parent = valueAt(value, path.slice(0, depth));
    const position = isContainer(parent) ? Object.keys(parent).indexOf(String(key)) : -1;
    return position < 0 ? Number.MAX_SAFE_INTEGER : position;
  });
}

function compareOrder(a: number[], b: number[]): number {
  const differing = a.findIndex((position, i) => position !== b[i]);
  return differing < 0 ? a.length - b.length : (a[differing] ?? 0) - (b[differing] ?? -1);
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
