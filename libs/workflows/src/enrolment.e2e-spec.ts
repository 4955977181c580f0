import { Database } from '#database/database';
import { newId } from '#kernel/ids';
import { days, Given, inDays } from '#testing/given';
import { cadencesOf, ledgerOf } from '#testing/ledger-reader';
import { passTime } from '#testing/pass-time';
import { enrolAll, runClock } from '#testing/run-clock';
import { createTestDatabase, type TestDatabase } from '#testing/test-database';
import { until } from '#testing/until';
import { exclusiveLock } from './data/platform-lock.js';
import { enrolNextPage } from './enrol-open-resources.js';

let clone: TestDatabase;
let database: Database;
let given: Given;

beforeAll(async () => {
  clone = await createTestDatabase();
  database = new Database({ url: clone.url, connections: 8 });
});
afterAll(async () => {
  await database.close();
  await clone.drop();
});
beforeEach(async () => {
  // Whatever an earlier test left running would only cost time here.
  await database.client.workflow.updateMany({ data: { status: 'INACTIVE', enrolCursor: null } });
  await database.client.cadence.deleteMany();
  given = await Given.platform(database);
});

/** Runs a transaction up to a point, does something else, and lets it commit. */
async function whileOpen<T>(
  work: (tx: Parameters<Parameters<Database['transaction']>[0]>[0]) => Promise<T>,
  meanwhile: () => Promise<void>,
): Promise<T> {
  let commit = (): void => undefined;
  const mayCommit = new Promise<void>((resolve) => (commit = resolve));
  let reached = false;
  const transaction = database.transaction(async (tx) => {
    const result = await work(tx);
    reached = true;
    await mayCommit;
    return result;
  });
  await until(() => reached);
  await meanwhile();
  commit();
  return transaction;
}

/** Resolves when somebody waits for a lock that another holds. */
async function untilSomebodyWaits(): Promise<void> {
  await until(async () => {
    const [row] = await database.client.$queryRaw<{ waiting: number }[]>`
      SELECT count(*)::int AS waiting FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    return row!.waiting > 0;
  });
}

/** Open invoices as rows, without what follows from them: they were there before anything. */
async function openInvoices(count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => newId('invoice'));
  const { platformId, customerId } = given;
  const open = { status: 'FINAL', type: 'STANDARD', openAmount: '100', document: {}, dueDate: new Date(inDays(0)) };
  await database.client.invoice.createMany({ data: ids.map((id) => ({ platformId, customerId, id, ...open })) });
  return ids;
}

const enrolled = async (workflowId: string) =>
  (await database.client.workflow.findFirstOrThrow({ where: { id: workflowId } })).enrolledCount;

describe('the activation of a workflow', () => {
  it('enrols what is open, says how much, and leaves out what is not', async () => {
    const open = await given.invoice();
    const others = [
      await given.invoice({ payment_status: 'PAID' }),
      await given.invoice({ status: 'DRAFT' }),
      await given.invoice({ type: 'CREDIT' }),
      await given.invoice({ due_date: null }),
    ];
    const workflowId = await given.workflow('OVERDUE');
    await enrolAll(database);
    expect([await cadencesOf(database, open), await enrolled(workflowId)]).toEqual([['RUNNING 7 DAY'], 1]);
    for (const id of others) expect(await cadencesOf(database, id)).toEqual([]);
  });

  it('enrols page after page, each invoice once, also with two workers at it', async () => {
    const ids = await openInvoices(203);
    const workflowId = await given.workflow('OVERDUE');
    await Promise.all([enrolAll(database), enrolAll(database)]);
    await enrolAll(database);
    const cadences = await database.client.cadence.count({ where: { workflowId } });
    expect([cadences, await enrolled(workflowId)]).toEqual([ids.length, ids.length]);
  }, 30_000);

  it('enrols exactly once an invoice that commits while the workflow is being activated', async () => {
    const workflowId = await given.workflow('OVERDUE', { status: 'INACTIVE' });
    let activation = Promise.resolve();
    const { after } = await whileOpen(
      (tx) => given.recordInvoice(tx, null, {}),
      async () => {
        activation = given.change(workflowId, { status: 'ACTIVE' });
        await untilSomebodyWaits();
      },
    );
    await activation;
    expect(await cadencesOf(database, after.id)).toEqual([]);
    await enrolAll(database);
    expect(await cadencesOf(database, after.id)).toEqual(['RUNNING 7 DAY']);
  });

  it('is seen by an invoice that had to wait for it', async () => {
    const workflowId = await given.workflow('OVERDUE', { status: 'INACTIVE' });
    let invoice = Promise.resolve('');
    // The change of the definition, kept open: what it locks, records wait for.
    await whileOpen(
      async (tx) => {
        await exclusiveLock(tx, given.platformId);
        await tx.workflow.updateMany({
          where: { id: workflowId },
          data: { status: 'ACTIVE', activatedAt: new Date() },
        });
      },
      async () => {
        invoice = given.invoice();
        await untilSomebodyWaits();
      },
    );
    expect(await cadencesOf(database, await invoice)).toEqual(['RUNNING 7 DAY']);
  });
});

describe('while what was open is being enrolled', () => {
  it('a write loses no step that has fallen due since the activation', async () => {
    const id = await given.invoice({ due_date: inDays(-6) });
    await given.workflow('OVERDUE', { periods: days(7, 15) });
    await passTime(database, { days: 2 });
    await given.patch(id, { custom_fields: [] });
    await enrolAll(database);
    await runClock(database);
    expect(await ledgerOf(database, id)).toEqual(['7 DAY PENDING']);
  });

  it('a write of a suspended one loses none either', async () => {
    const workflowId = await given.workflow('OVERDUE', { periods: days(7, 15) });
    const id = await given.invoice({ due_date: inDays(7) });
    await given.change(workflowId, { status: 'INACTIVE' });
    await database.client.cadence.updateMany({
      where: { workflowId },
      data: { state: 'SUSPENDED', nextAt: null, nextStep: null },
    });
    await passTime(database, { days: 13 });
    await given.change(workflowId, { status: 'ACTIVE' });
    await passTime(database, { days: 2 });
    await given.patch(id, { custom_fields: [] });
    await enrolAll(database);
    await runClock(database);
    expect(await ledgerOf(database, id)).toEqual(['7 DAY PENDING']);
  });

  it('an invoice that becomes open counts from then on, and is enrolled by its own write', async () => {
    await given.workflow('OVERDUE', { periods: days(7, 15) });
    await passTime(database, { days: 10 });
    const id = await given.invoice({ due_date: inDays(-8) });
    expect(await cadencesOf(database, id)).toEqual(['RUNNING 15 DAY']);
    await enrolAll(database);
    expect(await cadencesOf(database, id)).toEqual(['RUNNING 15 DAY']);
  });

  it('an edit has the page under way done again, so that no invoice misses the new step', async () => {
    const ids = (await openInvoices(3)).sort();
    const workflowId = await given.workflow('OVERDUE', { periods: days(15) });
    let page = Promise.resolve(false);
    await whileOpen(
      (tx) => tx.$queryRaw`SELECT 1 FROM invoice WHERE id = ${ids[2]} FOR NO KEY UPDATE`,
      async () => {
        page = enrolNextPage(database);
        await until(async () => (await database.client.cadence.count({ where: { workflowId } })) === 2);
        await given.steps(workflowId, days(9, 15));
      },
    );
    await page;
    await enrolAll(database);
    for (const id of ids) expect(await cadencesOf(database, id)).toEqual(['RUNNING 9 DAY']);
  });

  it('a pause ends it', async () => {
    const [id] = await openInvoices(1);
    const workflowId = await given.workflow('OVERDUE');
    await given.change(workflowId, { status: 'INACTIVE' });
    await enrolAll(database);
    expect(await cadencesOf(database, id!)).toEqual([]);
  });
});
