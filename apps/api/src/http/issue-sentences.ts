import { type z } from 'zod';

const KINDS: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

const FORMATS: Record<string, string> = {
  datetime: 'an instant such as 2026-02-01T00:00:00Z',
  date: 'a date such as 2026-02-01',
  url: 'a complete URL such as https://example.com/x',
};

type Issue = z.core.$ZodRawIssue;

/** What a schema refuses, as a sentence that tells the caller what to send. Messages stated in a schema come first. */
export function sentence(issue: Issue): string | undefined {
  const path = issue.path?.join('.') ?? '';
  const field = path === '' ? 'The body' : path;
  switch (issue.code) {
    case 'invalid_type':
      return wrongType(field, issue.expected, issue.input);
    case 'invalid_value':
      return issue.input === undefined
        ? `${field} is required: one of ${issue.values.join(', ')}.`
        : `${field} must be one of ${issue.values.join(', ')}.`;
    case 'too_big':
      return `${field} must be at most ${size(issue.origin, issue.maximum)}.`;
    case 'too_small':
      return tooSmall(field, issue.origin, issue.minimum);
    case 'invalid_union':
      return `${field} has none of the forms that it may have; see /docs.`;
    case 'invalid_format':
      return `${field} must be ${FORMATS[issue.format] ?? 'written in another way; see /docs'}.`;
    case 'invalid_key':
    case 'invalid_element':
    case 'not_multiple_of':
    case 'unrecognized_keys':
    case 'custom':
      return undefined;
  }
}

function wrongType(field: string, expected: string, input: unknown): string {
  const kind = KINDS[expected] ?? expected;
  if (input === undefined) return `${field} is required and must be ${kind}.`;
  if (input === null) return `${field} must be ${kind}; null is not possible here.`;
  return `${field} must be ${kind}.`;
}

function tooSmall(field: string, origin: string, minimum: number | bigint): string {
  if (Number(minimum) === 1 && (origin === 'string' || origin === 'array')) return `${field} must not be empty.`;
  return `${field} must be at least ${size(origin, minimum)}.`;
}

function size(origin: string, limit: number | bigint): string {
  if (origin === 'string') return `${limit} characters long`;
  return origin === 'array' ? `${limit} items long` : String(limit);
}
