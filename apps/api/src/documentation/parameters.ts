import { type Json } from './chapter.js';

export interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  description?: string;
  schema?: Json;
}

/** Headers that every operation takes. */
const HEADERS: Parameter[] = [
  {
    name: 'x-platform-id',
    in: 'header',
    required: false,
    description: 'The platform to act on, for callers who may act on several. Keys belong to one and need not say it.',
    schema: { type: 'string' },
  },
];

/** Headers of operations that change something. */
const WRITE_HEADERS: Parameter[] = [
  {
    name: 'Idempotency-Key',
    in: 'header',
    required: false,
    description: 'Chosen by you (a UUID): the same request with the same key has one effect, for 48 hours.',
    schema: { type: 'string', maxLength: 255 },
  },
  {
    name: 'Prefer',
    in: 'header',
    required: false,
    description:
      'Additive. `handling=strict` refuses fields that the operation does not know; else `X-Ignored-Fields` names them.',
    schema: { type: 'string' },
  },
];

/** Headers that a route reads for itself are described here or by the security scheme. */
const OF_ALL = new Set(['x-platform-id', 'authorization']);

const TEXTS: Record<string, string> = {
  'expand[]': 'Id fields to show in line, or ALL. Names that it does not know change nothing.',
  expand: 'Additive. The same, separated by commas.',
  cursor: 'Additive. Taken from `links.next`: goes on after the last row seen.',
  custom_field: 'Only rows with this value of a custom field: `<reference of the field>:<value>`.',
  include_periods: 'true: the lines stand in the answer.',
  include_lines: 'true: the lines stand in the answer.',
  processing_only_customer_id: 'Only the usage of this customer. Nothing here depends on it.',
  include_combined_pricing_plan_version: 'Accepted; there is nothing to include.',
  'statuses[]': 'Only rows with any of these statuses; state it once for each.',
  expired: 'true: only portal URLs that have expired; false: only others.',
  external_reference: 'Only the rows with this id at the payment provider.',
  order_direction: 'asc or desc. Default: desc.',
  lineId: 'Id of the line.',
};

/** Completes the parameters of an operation in place: those of all operations, and what each one means. */
export function describeParameters(
  operation: { parameters?: Parameter[] },
  { method, path, noun }: { method: string; path: string; noun: string },
): void {
  const own = (operation.parameters ?? []).filter(({ in: where, name }) => where !== 'header' || !OF_ALL.has(name));
  for (const parameter of own) {
    parameter.description ??= textOf(parameter, noun);
    if (parameter.in === 'path') parameter.required = true;
  }
  operation.parameters = [...own, ...HEADERS, ...(method === 'get' || path.includes('/oauth/') ? [] : WRITE_HEADERS)];
  for (const parameter of operation.parameters) {
    if (parameter.description?.startsWith('Additive')) Object.assign(parameter, { 'x-additive': true });
  }
}

function textOf({ name, in: where, schema }: Parameter, noun: string): string {
  if (where === 'path') return pathText(name, noun);
  const text = TEXTS[name];
  if (text !== undefined) return text;
  if (name.endsWith('[]')) return 'Only rows with any of these values; state it once for each.';
  if (/_at$|_date$/.test(name)) {
    return 'Only rows of this instant, or between two: `[2026-01-01T00:00:00Z,2026-02-01T00:00:00Z]`.';
  }
  return schema?.type === 'boolean' ? `Whether ${name}.` : `Only rows whose \`${name}\` is this.`;
}

function pathText(name: string, noun: string): string {
  if (name === 'resourceIdOrReference') return `Id or reference of the ${noun}. The id is looked for first.`;
  return TEXTS[name] ?? `Id of the ${noun}.`;
}
