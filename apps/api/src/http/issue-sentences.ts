import { type z } from 'zod';

type Issue = z.core.$ZodRawIssue;
type Sentence<Code extends Issue['code']> = (field: string, issue: Extract<Issue, { code: Code }>) => string;

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

const SENTENCES: { [Code in Issue['code']]?: Sentence<Code> } = {
  invalid_type(field, { expected, input }) {
    const kind = KINDS[expected] ?? expected;
    if (input === undefined) return `${field} is required and must be ${kind}.`;
    return `${field} must be ${kind}${input === null ? '; null is not possible here' : ''}.`;
  },
  invalid_value: (field, { values, input }) =>
    `${field} ${input === undefined ? 'is required and ' : ''}must be one of ${values.join(', ')}.`,
  invalid_format: (field, { format }) => `${field} must be ${FORMATS[format] ?? 'written in another way; see /docs'}.`,
  invalid_union: (field) => `${field} has none of the forms that it may have; see /docs.`,
  too_big: (field, { origin, maximum }) => `${field} must be at most ${size(origin, maximum)}.`,
  too_small: (field, { origin, minimum }) =>
    Number(minimum) === 1 && (origin === 'string' || origin === 'array')
      ? `${field} must not be empty.`
      : `${field} must be at least ${size(origin, minimum)}.`,
};

/** What a schema refuses, as a sentence that tells the caller what to send. Messages stated in a schema come first. */
export function sentence(issue: Issue): string | undefined {
  const path = dottedField(issue.path ?? []);
  const say = SENTENCES[issue.code] as Sentence<Issue['code']> | undefined;
  return say?.(path === '' ? 'The body' : path, issue);
}

/** `steps.1.value`; a list in a query, `statuses[]`, is named without its brackets. Empty for the whole. */
export function dottedField(path: PropertyKey[]): string {
  return path.map((key) => String(key).replace(/\[\]$/, '')).join('.');
}

function size(origin: string, limit: number | bigint): string {
  if (origin === 'string') return `${limit} characters long`;
  return origin === 'array' ? `${limit} items long` : String(limit);
}
