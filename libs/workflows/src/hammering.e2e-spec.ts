import { Database, type Transaction } from '#database/database';
import { type ClaimedExecution } from '#ledger/data/claim';
import { recoverLostLeases } from '#ledger/data/lost-leases';
import { releaseDue } from '#ledger/data/release';
import { days, eur, Given, inDays } from '#testing/given';
import { executionsOf } from '#testing/ledger-reader';
import { LedgerSteps } from '#testing/ledger-steps';
import { enrolAll, runClock } from '#testing/run-clock';
import { createTestDatabase, type TestDatabase } from '#testing/test-database';
import { recordZoneChange } from './record-customer.js';

const TURNS = 8;

/** Counts how often a transaction had to be run again because of a deadlock or a lock wait. */
class CountingDatabase extends Database {
  repeated = 0;

  override async transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    let runs = 0;
    return super.transaction((tx) => {
      runs += 1;
      if (runs > 1) this.repeated += 1;
      return work(tx);
    });
  }
}

let clone: TestDatabase;
let database: CountingDatabase;

beforeAll(async () => {
  clone = await createTestDatabase();
  database = new CountingDatabase({ url: clone.url, connections: 12 });
});
afterAll(async () => {
  await database.close();
  await clone.drop();
});

/** A number below `limit`, the same in every run. */
function dice(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state % limit;
  };
}

describe('everything at once on the same few rows', () => {
  it('ends without an error, with one trigger per firing key and no step sent twice', async () => {
    const given = await Given.platform(database);
    const ledger = new LedgerSteps(database, given.platformId);
    const overdue = await given.workflow('OVERDUE', { periods: days(7, 8), actions: 2 });
    await given.workflow('TO_FINAL');
    await given.workflow('FAILED_PAYMENT');
    await database.client
      .$executeRaw`UPDATE workflow SET activated_at = activated_at - interval '60 days', scope_since = '{}', steps_since = '{}'`;
    await enrolAll(database);
    const invoices = await Promise.all(Array.from({ length: 3 }, () => given.invoice({ due_date: inDays(-6) })));
    await database.client.$executeRaw`UPDATE cadence SET since = since - interval '60 days'`;
    const passes: { execution: ClaimedExecution; step: string | null }[] = [];
    const zones = ['UTC', 'Asia/Tokyo', 'America/New_York'];

    const send = async (roll: (limit: number) => number) => {
      const keys = await releaseDue(database, { limit: 5, perPlatform: 5, ringMs: 1 });
      for (const { executionId } of keys) {
        const execution = await ledger.claim(executionId);
        if (!execution || !(await ledger.prepare(execution))) continue;
        const { passed } = await ledger.gate(execution);
        if (!passed) {
          await ledger.settle(execution, {
            state: 'PENDING',
            reason: 'FACTS_MOVED',
            message: 'Moved.',
            delayMs: 0,
            charge: false,
          });
          continue;
        }
        const refused = roll(3) === 0;
        const outcome = refused
          ? ({ state: 'PENDING', reason: 'MAIL_SERVER_BUSY', message: 'Busy.', delayMs: 1, charge: true } as const)
          : ({ state: 'SUCCEEDED' } as const);
        if (!refused) passes.push({ execution, step: execution.step });
        await ledger.settle(execution, outcome);
      }
    };
    const worker = (seed: number, act: (roll: (limit: number) => number) => Promise<unknown>) => async () => {
      const roll = dice(seed);
      for (let turn = 0; turn < TURNS; turn += 1) await act(roll);
    };
    const any = (roll: (limit: number) => number) => invoices[roll(invoices.length)]!;

    await Promise.all(
      [
        worker(1, (roll) => given.patch(any(roll), { due_date: inDays(-7 - roll(3) / 2) })),
        worker(2, (roll) => given.patch(any(roll), { custom_fields: [{ reference: 'n', value: String(roll(1000)) }] })),
        worker(3, (roll) =>
          given.payment(any(roll), { amount: eur('1.00'), result: roll(2) ? 'AUTHORIZED' : 'CHARGED_BACK' }),
        ),
        worker(4, (roll) => given.payment(any(roll), { result: 'REFUSED' })),
        worker(5, () => runClock(database)),
        worker(6, () => runClock(database)),
        worker(7, send),
        worker(8, send),
        worker(9, async () => recoverLostLeases(database)),
        worker(10, async (roll) =>
          database.transaction(async (tx) => {
            const where = { platformId_id: { platformId: given.platformId, id: given.customerId } };
            await tx.customer.update({ where, data: { timezone: zones[roll(3)], revision: { increment: 1 } } });
            await recordZoneChange(tx, given.platformId, given.customerId);
          }),
        ),
        worker(11, async (roll) => {
          if (roll(8) === 0) await given.steps(overdue, roll(2) ? days(7, 8) : days(7, 8, 30));
          await enrolAll(database);
        }),
      ].map((run) => run()),
    );

    const isPending = { where: { state: 'PENDING' } };
    for (let turn = 0; turn < 50 && (await database.client.workflowActionExecution.count(isPending)) > 0; turn += 1) {
      await send(() => 1);
    }

    // One order of locks everywhere: nobody ever had to give way.
    expect(database.repeated).toBe(0);
    const keys = await database.client.workflowTrigger.groupBy({ by: ['firingKey'], _count: true });
    expect(keys.filter(({ _count }) => _count > 1)).toEqual([]);
    for (const id of invoices) {
      const sent = (await executionsOf(database, id)).filter(({ state }) => state === 'SUCCEEDED');
      const mails = sent.map(({ actionId, step }) => `${actionId} ${step ?? 'final'}`);
      expect(mails).toEqual([...new Set(mails)]);
    }
    expect(passes.length).toBeGreaterThan(0);
    const ids = passes.map(({ execution }) => execution.id);
    expect(ids).toEqual([...new Set(ids)]);
    const stuck = await database.client.workflowActionExecution.count({
      where: { state: { in: ['PENDING', 'CLAIMED', 'PREPARED', 'COMMITTING'] } },
    });
    expect(stuck).toBe(0);
  }, 60_000);
});
