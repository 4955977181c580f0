/** What a template may print or ask: text already formatted for its reader, counts, yes or no, and lists of the same. */
export type TemplateValue = string | number | boolean | null | readonly TemplateValue[] | TemplateVariables;
export interface TemplateVariables {
  readonly [name: string]: TemplateValue;
}

/** Line breaks and control characters, and the marks that turn the direction of all text that follows them. */
const DISRUPTIVE = /[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]+/gu;
const HALF_CHARACTER = /\p{Cs}/gu;

/**
 * The variables as a mail may carry them: every text on one line, without control characters, so that a customer's name
 * can neither add lines to a text part nor headers to a mail. The copies have no prototype: nothing is reachable in them
 * but what was given.
 */
export function printable(variables: TemplateVariables): TemplateVariables {
  const copy = Object.create(null) as Record<string, TemplateValue>;
  for (const [name, value] of Object.entries(variables)) copy[name] = printableValue(value);
  return copy;
}

function printableValue(value: TemplateValue): TemplateValue {
  if (typeof value === 'string') return onOneLine(value);
  if (isList(value)) return value.map(printableValue);
  return typeof value === 'object' && value !== null ? printable(value) : value;
}

function onOneLine(text: string): string {
  return text.replace(DISRUPTIVE, ' ').replace(HALF_CHARACTER, '\uFFFD').trim();
}

/** `Array.isArray` for read-only lists. */
export function isList(value: unknown): value is readonly TemplateValue[] {
  return Array.isArray(value);
}
