import { z } from 'zod';
import { instants } from './listing-values.js';

/** How a field is compared and written: `time` in ISO instants, `boolean` as true and false. */
export type FieldKind = 'text' | 'time' | 'number' | 'boolean';

/** What a list knows about one field, under its name on the wire. */
export interface ListingField {
  /** A column of the table or an expression over it. Static text of ours: it goes into the statement as it stands. */
  sql: string;
  kind: FieldKind;
  /** May be null in the table; nulls sort as the lowest value. */
  nullable?: boolean;
  order?: boolean;
  filter?: boolean;
  /** The expression is a list in JSON: a filter finds rows of which any item has the value. Not for ordering. */
  list?: boolean;
  /** Search fields look into it. */
  text?: boolean;
  /** All values there are; a filter by another one is refused. */
  values?: readonly string[];
  /** What stands in the table for a value on the wire, when it is not the value itself. */
  stored?: (value: string) => readonly string[];
  /** The condition that a row has the value, where no index could see through `sql = value`. Static text of ours, for `values`. */
  valueSql?: (value: string) => string;
}

interface ListingOptions {
  /** The one table that is read. It has the columns platform_id and id. */
  table: string;
  fields: Record<string, ListingField>;
  /** Rows with `deleted_at` are not there. True when absent. */
  softDeleted?: boolean;
  /** Repeatable query parameters for any of several values: `{ 'statuses[]': 'status' }`. */
  anyOf?: Record<string, string>;
  /** The documents hold `custom_fields`: adds the filter `custom_field=<reference>:<value>`. */
  customFields?: boolean;
  /** Rows of a page when the caller states no limit; 50 when absent. */
  defaultLimit?: number;
}

export interface Listing extends Required<ListingOptions> {
  /** Schema of the query of a list: paging, order, expansion and a parameter for each field that can be filtered. */
  query: z.ZodType<ListQuery>;
  /** Schema of the query of a search. */
  searchQuery: z.ZodType<ListQuery>;
}

/** Larger pages are cut to it (the answer states the limit that was used). */
export const MAX_LIMIT = 200;
const DEFAULT_LIMIT = 50;

/** Query of a list; the filters stand beside these under their names. */
export interface ListQuery {
  page: number;
  limit: number;
  order_by?: string;
  order_direction: 'asc' | 'desc';
  cursor?: string;
  'expand[]'?: string[];
  expand?: string;
  [filter: string]: unknown;
}

/** States how a resource is listed; from this follow the query's schema, its documentation and the statement. */
export function defineListing(options: ListingOptions): Listing {
  const complete = { softDeleted: true, anyOf: {}, customFields: false, defaultLimit: DEFAULT_LIMIT, ...options };
  const paging = pagingParameters(complete);
  const anyOf = anyOfParameters(complete);
  return {
    ...complete,
    searchQuery: z.object({ ...paging, ...anyOf }),
    query: z.object({ ...paging, ...anyOf, ...filterParameters(complete) }),
  };
}

function pagingParameters({ fields, defaultLimit }: Required<ListingOptions>) {
  const orderable = Object.keys(fields).filter((name) => fields[name]?.order);
  return {
    page: wholeNumber(1, 1_000_000_000).default(1).describe('The page, from 1.'),
    limit: wholeNumber(1)
      .default(defaultLimit)
      .describe(`Rows per page; more than ${MAX_LIMIT} count as ${MAX_LIMIT}.`),
    order_by: z
      .enum(orderable as [string, ...string[]])
      .optional()
      .describe('Default: created_at.'),
    order_direction: z.enum(['asc', 'desc']).default('desc'),
    cursor: z
      .string()
      .max(2000)
      .optional()
      .describe('Additive. Taken from `links.next`: goes on after the last row seen.'),
    'expand[]': z.array(z.string().max(100)).max(50).optional().describe('Id fields to show in line, or ALL.'),
    expand: z.string().max(1000).optional().describe('Additive. The same, separated by commas.'),
  };
}

function wholeNumber(minimum: number, maximum = Number.MAX_SAFE_INTEGER) {
  return z.coerce.number().int().min(minimum).max(maximum);
}

function filterParameters({ fields, customFields }: Required<ListingOptions>) {
  const filterable = Object.entries(fields).filter(([, field]) => field.filter);
  const parameters = Object.fromEntries(filterable.map(([name, field]) => [name, filterValue(field).optional()]));
  if (!customFields) return parameters;
  const customField = z.string().regex(/^[^:]+:/, 'custom_field must read <reference of the field>:<value>.');
  return { ...parameters, custom_field: customField.max(1000).optional() };
}

function anyOfParameters({ fields, anyOf }: Required<ListingOptions>) {
  return Object.fromEntries(
    Object.entries(anyOf).map(([parameter, name]) => {
      const field = fields[name];
      if (!field) throw new Error(`${parameter} filters by ${name}, which is no field of this list.`);
      return [parameter, z.array(filterValue(field)).max(MAX_LIMIT).optional()];
    }),
  );
}

function filterValue({ kind, values }: ListingField): z.ZodType<string> {
  if (values) return z.enum(values as [string, ...string[]]);
  switch (kind) {
    case 'time':
      return z.string().refine((text) => instants(text) !== null, {
        error:
          'Write an instant, 2026-02-01T00:00:00Z, or a range of two, [2026-01-01T00:00:00Z,2026-02-01T00:00:00Z].',
      });
    case 'boolean':
      return z.enum(['true', 'false']);
    case 'number':
      return z.string().regex(/^[+-]?\d{1,20}(\.\d{1,10})?$/, 'Write a number.');
    case 'text':
      return z.string().max(1000);
  }
}

/** Whether the caller asked to expand `field` (`customer_id`): by its name, without `_id`, or with ALL. */
export function expands(query: ListQuery, field: string): boolean {
  const names = [...(query['expand[]'] ?? []), ...(query.expand?.split(',') ?? [])].map((name) => name.trim());
  return ['ALL', field, field.replace(/_id(s?)$/, '$1')].some((name) => names.includes(name));
}
