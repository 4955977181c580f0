import { DomainError } from '#kernel/errors';
import { textProblem } from './json-body.js';
import { type FieldKind } from './listing.js';

/** How PostgreSQL writes the values of a kind. */
const WRITTEN: Record<FieldKind, RegExp> = {
  text: /^/,
  time: /^(-infinity|\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?\+00)$/,
  number: /^(-infinity|-Infinity|-?\d{1,40}(\.\d{1,40})?)$/,
  boolean: /^(true|false)$/,
};

/** Where a page ended: the order it was in and the last row's place in it. */
export interface Cursor {
  orderBy: string;
  direction: 'asc' | 'desc';
  /** The order field's value in the last row, as text. */
  value: string;
  id: string;
}

export function writeCursor({ orderBy, direction, value, id }: Cursor): string {
  return Buffer.from(JSON.stringify([orderBy, direction, value, id])).toString('base64url');
}

/** @throws DomainError INVALID_FIELD when it is none of ours or belongs to another order. */
export function readCursor(text: string, orderBy: string, direction: 'asc' | 'desc', kind: FieldKind): Cursor {
  const parts = partsOf(text);
  if (parts?.[0] !== orderBy || parts[1] !== direction || !WRITTEN[kind].test(parts[2] ?? '')) {
    throw DomainError.invalidField('cursor', 'cursor must come from links.next of the same list in the same order.');
  }
  return { orderBy, direction, value: parts[2] ?? '', id: parts[3] ?? '' };
}

function partsOf(text: string): string[] | null {
  try {
    const parts: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    const valid =
      Array.isArray(parts) &&
      parts.length === 4 &&
      parts.every((part) => typeof part === 'string' && !textProblem(part));
    return valid ? (parts as string[]) : null;
  } catch {
    // Not base64 of JSON: not a cursor. The caller is told so.
    return null;
  }
}
