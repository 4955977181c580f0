import { type Client } from 'pg';
import { billingTables, type Size } from './billing-tables.js';
import { historyTables } from './history-tables.js';

/**
 * Fills a migrated database by statements over sets: indexes are put away meanwhile, and made again as the migrations made them.
 * @param platforms the one with nine customers of ten, and the small one; they exist.
 */
export async function fill(
  client: Client,
  [large, small]: readonly [string, string],
  size: Size,
  say: (line: string) => void,
): Promise<void> {
  for (const { table, rows, columns } of [...billingTables(size), ...historyTables(size)]) {
    const started = performance.now();
    const { rows: indexes } = await client.query<{ name: string; definition: string }>(
      `SELECT indexname AS name, indexdef AS definition FROM pg_indexes
        WHERE schemaname = 'public' AND tablename = $1
          AND indexname NOT IN (SELECT conname FROM pg_constraint WHERE contype IN ('p', 'u'))`,
      [table],
    );
    for (const { name } of indexes) await client.query(`DROP INDEX "${name}"`);
    await client.query(
      `INSERT INTO "${table}" (platform_id, ${Object.keys(columns).join(', ')})
       SELECT CASE WHEN c % 10 = 0 THEN $1 ELSE $2 END, ${Object.values(columns).join(', ')} FROM (SELECT n, 1 + (n - 1) % ${size.customers} AS c FROM generate_series(1, ${rows}) AS n) AS numbered`,
      [small, large],
    );
    for (const { definition } of indexes) await client.query(definition);
    await client.query(`VACUUM (ANALYZE) "${table}"`);
    say(`${table}: ${rows} rows, ${((performance.now() - started) / 1000).toFixed(0)} s`);
  }
}
