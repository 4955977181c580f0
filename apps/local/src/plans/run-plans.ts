import { Client } from 'pg';
import { apiConfig } from '#api/api.config';
import { createApi } from '#api/create-api';
import { randomAlphanumerics } from '#kernel/ids';
import { AskedApi, asksOf, type Caller } from './asked-api.js';
import { type Size } from './billing-tables.js';
import { type Explained, explain } from './explain.js';
import { fill } from './fill.js';
import { type Sent, SentStatements } from './sent-statements.js';

export interface PlanOf extends Explained {
  operation: string;
  what: string;
}

export interface PlansResult {
  plans: PlanOf[];
  /** What could not be asked, with the answer; empty when all could. */
  refused: string[];
}

/** Tables of more rows than this share of the invoices are never read from end to end. */
const LARGE_SHARE = 0.01;
const PLATFORMS = ['Large', 'Small'];

/**
 * Fills the database, asks the API everything that its lists, searches and look-ups can be asked, and has PostgreSQL explain each
 * statement that the API then says.
 * @param databaseUrl migrated, and nobody else's.
 * @param options `manyRows` that may be sorted or passed over for one answer; `brief` asks for the large platform alone, and explains
 *   each statement once.
 */
export async function runPlans(
  databaseUrl: string,
  size: Size,
  say: (line: string) => void,
  { manyRows, brief = false }: { manyRows?: number; brief?: boolean } = {},
): Promise<PlansResult> {
  const sent = new SentStatements();
  const keys = PLATFORMS.map((name) => ({ name, key: `sk_${randomAlphanumerics(40)}` }));
  const app = await createApi(
    apiConfig.parse({
      DATABASE_URL: databaseUrl,
      ENCRYPTION_KEY: randomAlphanumerics(48),
      BOOTSTRAP_API_KEYS: keys.map(({ name, key }) => `${name}:${key}`).join(','),
      LOG_LEVEL: 'fatal',
    }),
  );
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const callers = await Promise.all(keys.map(({ name, key }) => callerOf(client, name, key)));
    const [large, small] = callers.map(({ platformId }) => platformId) as [string, string];
    await fill(client, [large, small], size, say);
    const largeTables = await tablesAbove(client, size.invoices * LARGE_SHARE);
    await app.listen(0, '127.0.0.1');
    const url = await app.getUrl();
    const result: PlansResult = { plans: [], refused: [] };
    for (const [place, caller] of callers.slice(0, brief ? 1 : undefined).entries()) {
      const api = new AskedApi(app, url, sent, caller);
      for (const { operation: name, asks } of await asksOf(app, api, client)) {
        const operation = place === 0 ? name : `${name} (small platform)`;
        for (const ask of asks) {
          const { statements, refusal } = await api.ask(ask);
          if (refusal !== null) result.refused.push(`${operation} ${ask.what}: ${refusal}`);
          const explained: Explained[] = [];
          for (const statement of statements)
            explained.push(await explain(client, statement, { largeTables, manyRows, once: brief }));
          result.plans.push({ operation, what: ask.what, ...ofTheList(statements, explained) });
        }
        say(`${operation}: ${asks.length} requests`);
      }
    }
    return result;
  } finally {
    sent.stop();
    await client.end();
    await app.close();
  }
}

async function callerOf(client: Client, name: string, key: string): Promise<Caller> {
  const { rows } = await client.query<{ id: string }>('SELECT id FROM platform WHERE name = $1', [name]);
  return { key, platformId: rows[0]?.id ?? '' };
}

/** The statement that finds the rows speaks for the request, with the problems of all. */
function ofTheList(statements: Sent[], explained: Explained[]): Explained {
  const finding = statements.findIndex(({ text }) => /\bOFFSET\b/.test(text));
  const slowest = explained.toSorted((a, b) => b.ms - a.ms)[0];
  const spoken = explained[finding] ?? slowest;
  if (!spoken) throw new Error('A request read nothing.');
  return { ...spoken, problems: explained.flatMap(({ problems }) => problems) };
}

async function tablesAbove(client: Client, rows: number): Promise<Set<string>> {
  const found = await client.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND reltuples > $1`,
    [rows],
  );
  return new Set(found.rows.map(({ name }) => name));
}
