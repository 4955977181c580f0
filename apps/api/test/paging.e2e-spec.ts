import fc from 'fast-check';
import { Prisma } from '#database/database';
import { newId, type IdKind } from '#kernel/ids';
import { type Operation, operationsOf } from './described-operations.js';
import { EVERYTHING, PopulatedPlatform } from './populated-platform.js';
import { type Answer, type RunningApi, startApi, STARTING_MS } from './start-api.js';

const SEED = Number(process.env.PAGING_SEED ?? 20_261_124);
const RUNS = Number(process.env.PAGING_RUNS ?? 40);
/** Few, so that many rows are equal in every order. */
const INSTANTS = ['2026-01-01T00:00:00Z', '2026-01-01T00:00:00.001Z', '2026-02-01T00:00:00Z', '2027-01-01T00:00:00Z'];
const WORDS = [null, 'a', 'B', 'é', 'zz'];

/** Lists, the tables that they read and a filter that all of the rows pass. */
const TABLES: Record<string, { table: string; kind: IdKind; filter: string }> = {
  customers: { table: 'customer', kind: 'customer', filter: 'statuses[]=ACTIVE' },
  contacts: { table: 'contact', kind: 'contact', filter: '' },
  invoices: { table: 'invoice', kind: 'invoice', filter: 'statuses[]=FINAL' },
  wallets: { table: 'wallet', kind: 'wallet', filter: '' },
  'pricing-plan-subscriptions': { table: 'pricing_plan_subscription', kind: 'pricingPlanSubscription', filter: '' },
  workflows: { table: 'workflow', kind: 'workflow', filter: '' },
  'workflow-action-executions': { table: 'workflow_action_execution', kind: 'execution', filter: 'status=FAILED' },
};

const row = fc.record({ at: fc.constantFrom(...INSTANTS), word: fc.constantFrom(...WORDS) });
const scenario = fc.record({
  list: fc.constantFrom(...Object.keys(TABLES)),
  order: fc.nat(),
  direction: fc.constantFrom('asc', 'desc'),
  limit: fc.integer({ min: 1, max: 7 }),
  filtered: fc.boolean(),
  before: fc.array(row, { minLength: 3, maxLength: 25 }),
  /** What is inserted after each page. */
  meanwhile: fc.array(fc.array(row, { maxLength: 3 }), { maxLength: 10 }),
});

interface Row {
  at: string;
  word: string | null;
}

describe(`following links.next while rows are inserted (seed ${SEED})`, () => {
  let api: RunningApi;
  let platform: PopulatedPlatform;
  let operations: Map<string, Operation>;
  let orders: Map<string, string[]>;

  beforeAll(async () => {
    api = await startApi(EVERYTHING);
    platform = await PopulatedPlatform.on(api, api);
    const document = (await api.call('GET', '/openapi.json')).body;
    operations = new Map(operationsOf(document).map((one) => [one.name, one]));
    orders = new Map(
      Object.keys(TABLES).map((list) => {
        const parameters = document.paths[`/v1/${list}`].get.parameters as { name: string; schema: object }[];
        const { schema } = parameters.find(({ name }) => name === 'order_by')!;
        return [list, (schema as { enum: string[] }).enum];
      }),
    );
  }, STARTING_MS);
  afterAll(() => api.stop());

  /** Copies of a row that the platform has, with ids of their own and these values wherever the table has a place for them. */
  async function insert(list: string, rows: readonly Row[]): Promise<string[]> {
    const { table, kind } = TABLES[list]!;
    const name = Prisma.raw(`"${table}"`);
    const copies = rows.map(({ at, word }) => {
      const id = newId(kind);
      const times = { created_at: at, updated_at: at, due_at: at, due_date: at, invoice_date: at, start_at: at };
      return { id, reference: id, email: word, name: word ?? '', invoice_number: id, ...times };
    });
    for (const copy of copies) {
      await api.database.client.$executeRaw`
        INSERT INTO ${name}
        SELECT (jsonb_populate_record(t, ${JSON.stringify(copy)}::text::jsonb)).* FROM ${name} t
         WHERE platform_id = ${platform.platformId} AND id = ${platform.ids[list]}`;
    }
    return copies.map(({ id }) => id);
  }

  it('repeats no row and skips none that was there throughout, in every order', async () => {
    expect(operations.get('GET /v1/customers')?.query).toContain('cursor');
    const property = fc.asyncProperty(scenario, async ({ list, order, direction, limit, filtered, ...rows }) => {
      const { filter } = TABLES[list]!;
      const there = await insert(list, rows.before);
      const names = orders.get(list)!;
      const sorting = `order_by=${names[order % names.length]}&order_direction=${direction}`;
      let path: string | null = `/v1/${list}?limit=${limit}&${sorting}${filtered ? `&${filter}` : ''}`;
      const seen: string[] = [];
      const meanwhile = [...rows.meanwhile];
      while (path !== null) {
        const { status, body }: Answer = await platform.call('GET', path);
        expect([path, status]).toEqual([path, 200]);
        seen.push(...(body.data as { id: string }[]).map(({ id }) => id));
        path = body.links.next === null ? null : body.links.next.replace(EVERYTHING.PUBLIC_URL, '');
        await insert(list, meanwhile.shift() ?? []);
      }
      expect(seen.filter((id, at) => seen.indexOf(id) !== at)).toEqual([]);
      expect(there.filter((id) => !seen.includes(id))).toEqual([]);
      await api.database.client.$executeRaw`
        DELETE FROM ${Prisma.raw(`"${TABLES[list]!.table}"`)}
         WHERE platform_id = ${platform.platformId} AND created_at IN (${Prisma.join(INSTANTS.map((at) => new Date(at)))})`;
    });
    await fc.assert(property, { numRuns: RUNS, seed: SEED, endOnFailure: true });
  }, 120_000);
});
