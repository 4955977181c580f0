import { Prisma } from '#database/database';
import { DomainError } from '#kernel/errors';
import { type FieldKind, type Listing, type ListingField, type ListQuery } from './listing.js';
import { type FilterField, type SearchField, type SearchRequest } from './listing-search.js';
import { instants } from './listing-values.js';

/** What a field's values are in PostgreSQL. */
const SQL_TYPE: Record<FieldKind, string> = {
  text: 'text',
  time: 'timestamptz',
  number: 'numeric',
  boolean: 'boolean',
};
/** Below every value, so that rows without one have a place in every order. */
const LOWEST: Record<FieldKind, string> = { text: `''`, time: `'-infinity'`, number: `'-infinity'`, boolean: 'false' };

/** The field's expression with nulls as the lowest value, fit for ordering and for a keyset condition. */
export function orderExpression({ sql, kind, nullable }: ListingField): Prisma.Sql {
  return Prisma.raw(nullable ? `COALESCE(${sql}, ${LOWEST[kind]})` : sql);
}

/** A value as text, read as what the field holds. */
export function typed(kind: FieldKind, value: string): Prisma.Sql {
  return Prisma.sql`${value}::text${Prisma.raw(kind === 'text' ? '' : `::${SQL_TYPE[kind]}`)}`;
}

/** Conditions of a list's query, which its schema has checked. */
export function queryConditions(listing: Listing, query: ListQuery): Prisma.Sql[] {
  const single = Object.entries(listing.fields).flatMap(([name, field]) => {
    const value = field.filter ? query[name] : undefined;
    return typeof value === 'string' ? [anyOf(field, [value])] : [];
  });
  const repeated = Object.entries(listing.anyOf).flatMap(([parameter, name]) => {
    const values = query[parameter] as string[] | undefined;
    const field = listing.fields[name];
    return field && values?.length ? [anyOf(field, values)] : [];
  });
  const [reference, ...rest] = typeof query.custom_field === 'string' ? query.custom_field.split(':') : [];
  return [...single, ...repeated, ...(reference ? [customField(reference, [rest.join(':')])] : [])];
}

/** @throws DomainError INVALID_FIELD for a field that this resource cannot be searched or filtered by. */
export function searchConditions(listing: Listing, search: SearchRequest): Prisma.Sql[] {
  return [
    ...(search.search_fields ?? []).map((field, i) => searchCondition(listing, field, `search_fields.${i}`)),
    ...(search.filter_fields ?? []).map((field, i) => filterCondition(listing, field, `filter_fields.${i}`)),
  ];
}

function searchCondition(listing: Listing, { name, value, ...search }: SearchField, path: string): Prisma.Sql {
  if (value === undefined) throw DomainError.missingField(`${path}.value`);
  const searchable = Object.keys(listing.fields).filter((field) => listing.fields[field]?.text);
  const names = name == null ? searchable : searchable.filter((field) => field === name);
  if (names.length === 0) throw unknownName(`${path}.name`, name ?? '', searchable);
  const literal = value.replace(/[\\%_]/g, '\\$&');
  const pattern = `${search.wildcard_start ? '%' : ''}${literal}${search.wildcard_end ? '%' : ''}`;
  const operator = Prisma.raw(search.ignore_case ? 'ILIKE' : 'LIKE');
  const matches = names.map(
    (field) => Prisma.sql`${Prisma.raw(listing.fields[field]?.sql ?? '')} ${operator} ${pattern}`,
  );
  return Prisma.sql`(${Prisma.join(matches, ' OR ')})`;
}

function filterCondition(listing: Listing, filter: FilterField, path: string): Prisma.Sql {
  const { name } = filter;
  if (name === undefined) throw DomainError.missingField(`${path}.name`);
  const values = filterValues(filter, path);
  if (listing.customFields && (name === 'custom_field' || name === 'custom_fields')) {
    if (!filter.reference) throw DomainError.missingField(`${path}.reference`);
    return customField(filter.reference, values);
  }
  const filterable = Object.keys(listing.fields).filter((known) => listing.fields[known]?.filter);
  const field = filterable.includes(name) ? listing.fields[name] : undefined;
  if (!field) throw unknownName(`${path}.name`, name, filterable);
  values.forEach((value, i) => checkValue(field, value, filter.values ? `${path}.values.${i}` : `${path}.value`));
  return anyOf(field, values);
}

function filterValues({ value, values }: FilterField, path: string): string[] {
  if (value != null && values != null) {
    throw DomainError.invalidField(`${path}.values`, `${path} has both value and values; state one of them.`);
  }
  if (value == null && values == null) throw DomainError.missingField(`${path}.value`);
  return values ?? [value ?? ''];
}

function checkValue({ kind, values }: ListingField, value: string, path: string): void {
  if (values && !values.includes(value)) {
    throw DomainError.invalidField(path, `${path} must be one of ${values.join(', ')}.`);
  }
  const wrong = {
    time: instants(value) === null,
    boolean: !['true', 'false'].includes(value),
    number: !/^[+-]?\d{1,20}(\.\d{1,10})?$/.test(value),
    text: false,
  }[kind];
  if (wrong) throw DomainError.invalidField(path, `${path} is not a ${kind}.`);
}

function anyOf(field: ListingField, wire: string[]): Prisma.Sql {
  const { sql, kind, list, stored, valueSql } = field;
  const either = (condition: (value: string) => Prisma.Sql) =>
    Prisma.sql`(${Prisma.join(wire.map(condition), ' OR ')})`;
  if (list) return Prisma.sql`${Prisma.raw(sql)} ?| ${wire}::text[]`;
  if (valueSql) return either((value) => Prisma.raw(valueSql(value)));
  if (kind === 'time') return either((text) => within(field, text));
  // Spoken out, so that an index of the few that are so can serve it.
  if (kind === 'boolean') return either((value) => Prisma.raw(value === 'true' ? sql : `NOT ${sql}`));
  const values = stored ? wire.flatMap((value) => stored(value)) : wire;
  const [only] = values;
  const expression = indexed(field);
  // A list of one does not come in the order of an index, one value does.
  return values.length === 1 && only !== undefined
    ? Prisma.sql`${expression} = ${typed(kind, only)}${filled(field)}`
    : Prisma.sql`${expression} = ANY(${values}::text[]${Prisma.raw(kind === 'text' ? '' : `::${SQL_TYPE[kind]}[]`)})${filled(field)}`;
}

function within(field: ListingField, text: string): Prisma.Sql {
  const { from, to } = instants(text) ?? { from: null, to: null };
  const expression = indexed(field);
  const lower = from === null ? Prisma.sql`true` : Prisma.sql`${expression} >= ${from}::text::timestamptz`;
  const upper = to === null ? Prisma.sql`true` : Prisma.sql`${expression} <= ${to}::text::timestamptz`;
  return Prisma.sql`(${lower} AND ${upper}${filled(field)})`;
}

/** What is ordered by is filtered by under the same expression, so that one index serves both. */
function indexed(field: ListingField): Prisma.Sql {
  return field.order ? orderExpression(field) : Prisma.raw(field.sql);
}

/** The lowest value stands for none in `indexed`, and none is no value to filter by. */
function filled({ sql, order, nullable }: ListingField): Prisma.Sql {
  return order && nullable ? Prisma.raw(` AND ${sql} IS NOT NULL`) : Prisma.empty;
}

function customField(reference: string, values: string[]): Prisma.Sql {
  const alternatives = values.map(
    (value) => Prisma.sql`document->'custom_fields' @> ${JSON.stringify([{ reference, value }])}::text::jsonb`,
  );
  return Prisma.sql`(${Prisma.join(alternatives, ' OR ')})`;
}

function unknownName(path: string, name: string, known: string[]): DomainError {
  const choice = known.length > 0 ? `Use one of ${known.join(', ')}.` : 'This resource has no such fields.';
  return DomainError.invalidField(path, `${name} is not a field that can be used here. ${choice}`);
}
