import { type Client } from 'pg';
import { type Listing, type ListingField } from '#api/http/listing';

/** One request of the API. */
export interface Ask {
  /** Which part of the list it is about: `status=VOID`. */
  what: string;
  method: 'GET' | 'POST' | 'PATCH';
  path: string;
  query?: Record<string, string | string[]>;
  body?: object;
}

const ABSENT = 'nothing-has-this';
const DAY_MS = 86_400_000;

/** A list as such, in each of its orders, and by each of its filters with a common value, a rare one and one that nobody has. */
export async function listAsks(client: Client, platformId: string, path: string, listing: Listing): Promise<Ask[]> {
  const get = (what: string, query: Ask['query']): Ask => ({ what, method: 'GET', path, query });
  const asks = [get('the newest', {})];
  for (const [name, field] of Object.entries(listing.fields)) {
    if (field.order) {
      for (const direction of ['asc', 'desc']) {
        asks.push(get(`by ${name} ${direction}`, { order_by: name, order_direction: direction }));
      }
    }
    if (!field.filter) continue;
    for (const value of await valuesOf(client, platformId, listing, field)) {
      asks.push(get(`${name}=${value}`, { [name]: value }));
    }
  }
  for (const [parameter, name] of Object.entries(listing.anyOf)) {
    const values = (listing.fields[name]?.values ?? []).slice(0, 2);
    asks.push(get(`${parameter}=${values.join(',')}`, { [parameter]: values }));
  }
  for (const custom_field of listing.customFields ? ['segment:S17', `segment:${ABSENT}`] : []) {
    asks.push(get(`custom_field=${custom_field}`, { custom_field }));
  }
  return asks;
}

/** A search in each of its fields and in all: the whole text, its beginning, and something in it in any case. */
export async function searchAsks(client: Client, platformId: string, path: string, listing: Listing): Promise<Ask[]> {
  const searched = Object.entries(listing.fields).filter(([, field]) => field.text);
  const asks: Ask[] = [];
  for (const [name, field] of searched) {
    const text = await middleText(client, platformId, listing, field);
    for (const value of [text, ABSENT]) asks.push(...searchesFor(path, { name, value }));
  }
  return searched.length > 0 ? [...asks, ...searchesFor(path, { value: ABSENT })] : [];
}

/** Of a row in the midst, so that nothing finds it at once. */
async function middleText(
  client: Client,
  platformId: string,
  { table }: Listing,
  { sql }: ListingField,
): Promise<string> {
  const { rows } = await client.query<{ text: string }>(
    `SELECT ${sql} AS text FROM "${table}"
      WHERE platform_id = $1 AND ${sql} <> '' AND created_at >= (
            SELECT min(created_at) + (max(created_at) - min(created_at)) / 2 FROM "${table}" WHERE platform_id = $1)
      ORDER BY created_at LIMIT 1`,
    [platformId],
  );
  return rows[0]?.text ?? ABSENT;
}

function searchesFor(path: string, field: { name?: string; value: string }): Ask[] {
  const inside = field.value.slice(3, 20);
  const ways = {
    is: {},
    'begins with': { wildcard_end: true },
    contains: { value: inside, wildcard_start: true, wildcard_end: true, ignore_case: true },
  };
  return Object.entries(ways).map(([way, rest]) => ({
    what: `${field.name ?? 'any field'} ${way} ${'value' in rest ? inside : field.value}`,
    method: 'POST',
    path,
    body: { search_fields: [{ ...field, ...rest }] },
  }));
}

/** Values to filter by: all where they are counted, else the one that most rows have, one that few have and one of none. */
async function valuesOf(
  client: Client,
  platformId: string,
  listing: Listing,
  field: ListingField,
): Promise<readonly string[]> {
  if (field.values) return field.values;
  const from = `FROM "${listing.table}" WHERE platform_id = $1`;
  if (field.kind === 'boolean') return ['true', 'false'];
  if (field.kind === 'time') {
    const { rows } = await client.query<{ first: Date | null }>(`SELECT min(${field.sql}) AS first ${from}`, [
      platformId,
    ]);
    const first = rows[0]?.first ?? new Date(0);
    return [
      first.toISOString(),
      `[${first.toISOString()},${new Date(first.getTime() + DAY_MS).toISOString()}]`,
      '[2020-01-01,]',
    ];
  }
  const value = field.list ? `jsonb_array_elements_text(${field.sql})` : `(${field.sql})::text`;
  const counted = `SELECT value FROM (SELECT ${value} AS value ${from}) AS held WHERE value <> '' GROUP BY value`;
  const { rows } = await client.query<{ value: string }>(
    `(${counted} ORDER BY count(*) DESC, value LIMIT 1) UNION ALL (${counted} ORDER BY count(*), value DESC LIMIT 1)`,
    [platformId],
  );
  return [...new Set([...rows.map((row) => row.value), ABSENT])];
}

/** A row by what a path names it by, and the same row found in order to change it (to nothing else). */
export async function lookUpAsks(
  client: Client,
  platformId: string,
  { path, patchable }: { path: string; patchable: boolean },
  { table, fields }: Listing,
): Promise<Ask[]> {
  const reference = path.endsWith('OrReference}') && 'reference' in fields ? 'reference' : null;
  const { rows } = await client.query<{ id: string; reference: string | null }>(
    `SELECT id, ${reference ?? 'NULL'} AS reference FROM "${table}" WHERE platform_id = $1 ORDER BY created_at LIMIT 1`,
    [platformId],
  );
  const [row] = rows;
  if (!row) return [];
  const by = (what: string, name: string, method: 'GET' | 'PATCH' = 'GET'): Ask => ({
    what,
    method,
    path: path.replace(/\{\w+\}/, encodeURIComponent(name)),
    ...(method === 'PATCH' ? { body: {} } : {}),
  });
  return [
    by('by id', row.id),
    by('by an id that is not there', ABSENT),
    ...(row.reference === null ? [] : [by('by reference', row.reference)]),
    ...(patchable ? [by('by id, to change it', row.id, 'PATCH')] : []),
  ];
}
