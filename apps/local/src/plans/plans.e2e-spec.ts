import { Client } from 'pg';
import { createTestDatabase, type TestDatabase } from '#testing/test-database';
import { explain } from './explain.js';
import { type PlansResult, runPlans } from './run-plans.js';

const SIZE = { invoices: 2_000, customers: 400 };
const FILL_AND_ASK_MS = 120_000;
/** Of two thousand, what an answer of fifty rows may pass over. */
const MANY_ROWS = 1_900;

let clone: TestDatabase;
let client: Client;
let result: PlansResult;

beforeAll(async () => {
  clone = await createTestDatabase();
  client = new Client({ connectionString: clone.url });
  await client.connect();
  // So few rows are cheaper read from end to end: here only whether an index could serve is asked.
  await client.query(`ALTER DATABASE ${new URL(clone.url).pathname.slice(1)} SET enable_seqscan = off`);
  result = await runPlans(clone.url, SIZE, () => undefined, { manyRows: MANY_ROWS, brief: true });
}, FILL_AND_ASK_MS);
afterAll(async () => {
  await client.end();
  await clone.drop();
});

describe('the plans', () => {
  it('cover lists, searches and look-ups, and nothing that is asked is refused', () => {
    expect(result.refused).toEqual([]);
    const operations = new Set(result.plans.map(({ operation }) => operation));
    expect([...operations]).toEqual(
      expect.arrayContaining([
        'GET /v1/invoices',
        'POST /v1/customers/search',
        'GET /v1/customers/{resourceIdOrReference}',
      ]),
    );
  });

  it('find an index for every list, order, filter and search of large tables', () => {
    const wrong = result.plans.filter(({ problems }) => problems.length > 0);
    expect(wrong.map(({ operation, what, problems }) => ({ operation, what, problems }))).toEqual([]);
  });

  it('say when a large table is read from end to end', async () => {
    const statement = { text: 'SELECT count(*) FROM invoice WHERE timezone IS NULL', values: [] };
    expect((await explain(client, statement, { largeTables: new Set(['invoice']) })).problems).toEqual([
      'reads all of invoice',
    ]);
  });

  it('say when many rows are sorted', async () => {
    const statement = { text: 'SELECT id FROM invoice ORDER BY currency LIMIT $1::int', values: [5] };
    expect((await explain(client, statement, { largeTables: new Set(), manyRows: 1_000 })).problems).toEqual([
      'sorts 2000 rows',
    ]);
  });
});
