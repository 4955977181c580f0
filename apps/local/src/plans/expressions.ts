/* The expressions of which the filled columns are made: SQL over the number `n` of a row and the number `c` of its customer. */

/** An id as ours are: those that are made later sort behind. */
export function idOf(prefix: string, n: string): string {
  return `('${prefix}_' || lpad((${n})::text, 8, '0') || substr(md5((${n})::text), 1, 12))`;
}

/** Three years, evenly. */
export function timeOf(rows: number): string {
  return `(now() - interval '1095 days' * (1 - n::float8 / ${rows}))`;
}

export function times(rows: number) {
  return { created_at: timeOf(rows), updated_at: `${timeOf(rows)} + interval '1 hour' * (n % 700)` };
}

/** @param members names and values by turns. */
export function documentOf(members: string): string {
  return `jsonb_strip_nulls(jsonb_build_object(${members}))`;
}

/** A value that nearly all rows have, and those that one in so many has. */
export function mostly(common: string, rare: Record<string, number>): string {
  const branches = Object.entries(rare).map(([value, oneIn]) => `WHEN n % ${oneIn} = 7 THEN '${value}'`);
  return `CASE ${branches.join(' ')} ELSE '${common}' END`;
}

export const WORDS = `(ARRAY['Harbour','Mill','Castle','Quayside','Northern','Golden','Silver','River'])[1 + n % 8]`;

/** A custom field; one row in 5,000 has its value. */
export const SEGMENT = `'custom_fields', jsonb_build_array(jsonb_build_object('reference', 'segment', 'value', 'S' || n % 5000))`;
