import { Database } from '#database/database';
import { reopenStep } from './advance-cadence.js';
import { days, eur, Given, inDays } from '#testing/given';
import { cadencesOf, executionsOf, ledgerOf } from '#testing/ledger-reader';
import { passTime } from '#testing/pass-time';
import { enrolAll, runClock } from '#testing/run-clock';
import { createTestDatabase, type TestDatabase } from '#testing/test-database';

let clone: TestDatabase;
let database: Database;
let given: Given;

beforeAll(async () => {
  clone = await createTestDatabase();
  database = new Database({ url: clone.url, connections: 6 });
});
afterAll(async () => {
  await database.close();
  await clone.drop();
});
beforeEach(async () => {
  given = await Given.platform(database);
});

const HOUR_LATER = { hours: 1 };

/** So many days later the clock looks. */
async function daysLater(count: number): Promise<void> {
  await passTime(database, { days: count, ...HOUR_LATER });
  await runClock(database);
}

/** The mails that wait to be sent end like this. */
async function settleAs(invoiceId: string, state: string, actionId?: string): Promise<void> {
  const reason = ['SUCCEEDED', 'COMMITTING'].includes(state) ? null : 'TEST';
  const where = { invoiceId, state: 'PENDING', ...(actionId ? { actionId } : {}) };
  await database.client.workflowActionExecution.updateMany({ where, data: { state, reason } });
}

describe('when the due date moves', () => {
  it('steps that were not planned yet are counted from the new one', async () => {
    await given.workflow('OVERDUE', { periods: days(7) });
    const id = await given.invoice();
    await given.patch(id, { due_date: inDays(5) });
    await daysLater(7);
    expect(await ledgerOf(database, id)).toEqual([]);
    await daysLater(5);
    expect(await ledgerOf(database, id)).toEqual(['7 DAY PENDING']);
  });

  it.each(['SUCCEEDED', 'UNKNOWN', 'COMMITTING'])('a step whose mail is %s never comes again', async (state) => {
    await given.workflow('OVERDUE', { periods: days(7) });
    const id = await given.invoice();
    await daysLater(7);
    await settleAs(id, state);
    await given.patch(id, { due_date: inDays(5) });
    await daysLater(12);
    const rows = await executionsOf(database, id);
    expect(rows.map((row) => row.state)).toEqual([state]);
    expect(await cadencesOf(database, id)).toEqual(['FINISHED']);
  });

  it('a step that still waited ends ANCHOR_MOVED and comes again by the new date', async () => {
    await given.workflow('OVERDUE', { periods: days(7) });
    const id = await given.invoice();
    await daysLater(7);
    await given.patch(id, { due_date: inDays(5) });
    expect([await ledgerOf(database, id), await cadencesOf(database, id)]).toEqual([
      ['7 DAY SKIPPED ANCHOR_MOVED'],
      ['RUNNING 7 DAY'],
    ]);
    await daysLater(12);
    expect(await ledgerOf(database, id)).toEqual(['7 DAY SKIPPED ANCHOR_MOVED', '7 DAY PENDING']);
  });

  it('a date that is moved back makes the same mail due again, not a second one', async () => {
    await given.workflow('OVERDUE', { periods: days(7) });
    const id = await given.invoice();
    const { document } = await given.readInvoice(id);
    await passTime(database, { days: 7, hours: 1 });
    await runClock(database);
    const [planned] = await executionsOf(database, id);
    await given.patch(id, { due_date: inDays(5) });
    const original = new Date(new Date(document.due_date!).getTime() - (7 * 24 + 1) * 3_600_000).toISOString();
    await given.patch(id, { due_date: `${original.slice(0, 19)}Z` });
    await runClock(database);
    await runClock(database);
    expect(await executionsOf(database, id)).toMatchObject([{ id: planned!.id, state: 'PENDING', reason: null }]);
  });

  it('a step of which one action has sent its mail never comes again, also not for the others', async () => {
    const workflowId = await given.workflow('OVERDUE', { periods: days(7), actions: 0 });
    const first = await given.action(workflowId);
    await given.action(workflowId);
    const id = await given.invoice();
    await daysLater(7);
    await settleAs(id, 'SUCCEEDED', first);
    await given.patch(id, { due_date: inDays(5) });
    await daysLater(12);
    expect((await ledgerOf(database, id)).sort()).toEqual(['7 DAY SKIPPED ANCHOR_MOVED', '7 DAY SUCCEEDED']);
  });

  it('a step that a worker finds to be unsent later comes again, unless it was sent meanwhile', async () => {
    const workflowId = await given.workflow('OVERDUE', { periods: days(7) });
    const id = await given.invoice();
    await daysLater(7);
    await settleAs(id, 'COMMITTING');
    await given.patch(id, { due_date: inDays(5) });
    expect(await cadencesOf(database, id)).toEqual(['FINISHED']);
    const key = { platformId: given.platformId, workflowId, resourceType: 'INVOICE' as const, resourceId: id };
    await database.transaction((tx) => reopenStep(tx, key, '7 DAY'));
    expect(await cadencesOf(database, id)).toEqual(['FINISHED']);
    await database.client.workflowActionExecution.updateMany({
      where: { invoiceId: id },
      data: { state: 'SKIPPED', reason: 'ANCHOR_MOVED' },
    });
    await database.transaction((tx) => reopenStep(tx, key, '7 DAY'));
    expect(await cadencesOf(database, id)).toEqual(['RUNNING 7 DAY']);
  });

  it('into the past, only the latest step that fell due is sent', async () => {
    await given.workflow('OVERDUE', { periods: days(7, 15, 30) });
    const id = await given.invoice({ due_date: inDays(20) });
    await passTime(database, { days: 18 });
    await given.patch(id, { due_date: inDays(-15.5) });
    await runClock(database);
    expect((await ledgerOf(database, id)).sort()).toEqual(['15 DAY PENDING', '7 DAY SKIPPED STEP_MISSED']);
    expect(await cadencesOf(database, id)).toEqual(['RUNNING 30 DAY']);
  });

  it('away altogether, nothing more comes, until there is one again', async () => {
    await given.workflow('OVERDUE', { periods: days(7) });
    const id = await given.invoice();
    await given.patch(id, { due_date: null });
    expect(await cadencesOf(database, id)).toEqual(['SUSPENDED']);
    await given.patch(id, { due_date: inDays(1) });
    expect(await cadencesOf(database, id)).toEqual(['RUNNING 7 DAY']);
  });
});

describe('an invoice that', () => {
  it.each([
    ['was paid', { payment_status: 'PAID' as const }],
    ['was credited in full', { closed_invoice_amount: eur('100.00') }],
    ['was archived', { status: 'ARCHIVED' }],
    ['was voided', { status: 'VOID' }],
  ])('%s is reminded of no more', async (_how, patch) => {
    await given.workflow('OVERDUE', { periods: days(7) });
    const id = await given.invoice();
    await given.patch(id, patch);
    await daysLater(7);
    expect([await ledgerOf(database, id), await cadencesOf(database, id)]).toEqual([[], ['SUSPENDED']]);
  });

  it('was paid in part is reminded of', async () => {
    await given.workflow('OVERDUE', { periods: days(7) });
    const id = await given.invoice();
    await given.payment(id, { amount: eur('99.99') });
    await daysLater(7);
    expect(await ledgerOf(database, id)).toEqual(['7 DAY PENDING']);
  });

  it('is open again after its payment was charged back is reminded of what falls due from then on', async () => {
    await given.workflow('OVERDUE', { periods: days(7, 15) });
    const id = await given.invoice();
    await given.payment(id);
    await daysLater(8);
    await given.payment(id, { result: 'CHARGED_BACK' });
    expect(await cadencesOf(database, id)).toEqual(['RUNNING 15 DAY']);
    await daysLater(7);
    expect(await ledgerOf(database, id)).toEqual(['15 DAY PENDING']);
  });
});

describe('a workflow that is', () => {
  it('paused reminds of nothing, and after it is active again not of what fell due meanwhile', async () => {
    const workflowId = await given.workflow('OVERDUE', { periods: days(7, 15) });
    const id = await given.invoice();
    await given.change(workflowId, { status: 'INACTIVE' });
    await daysLater(7);
    expect([await ledgerOf(database, id), await cadencesOf(database, id)]).toEqual([[], ['SUSPENDED']]);
    await given.change(workflowId, { status: 'ACTIVE' });
    await enrolAll(database);
    await runClock(database);
    expect([await ledgerOf(database, id), await cadencesOf(database, id)]).toEqual([[], ['RUNNING 15 DAY']]);
    await daysLater(8);
    expect(await ledgerOf(database, id)).toEqual(['15 DAY PENDING']);
  });

  it('edited no longer reminds of a step that was taken out', async () => {
    const workflowId = await given.workflow('OVERDUE', { periods: days(7, 15) });
    const id = await given.invoice();
    await given.steps(workflowId, days(15));
    await daysLater(7);
    expect(await ledgerOf(database, id)).toEqual([]);
  });

  it('edited does not repeat a step that was written in another unit', async () => {
    const workflowId = await given.workflow('OVERDUE', { periods: days(7) });
    const id = await given.invoice();
    await daysLater(7);
    await given.steps(workflowId, [{ type: 'WEEK', value: 1 }]);
    await enrolAll(database);
    await runClock(database);
    expect([await ledgerOf(database, id), await cadencesOf(database, id)]).toEqual([['7 DAY PENDING'], ['FINISHED']]);
  });

  it('edited wakes a cadence that had finished for a step that is added', async () => {
    const workflowId = await given.workflow('OVERDUE', { periods: days(7) });
    const id = await given.invoice();
    await daysLater(7);
    await given.steps(workflowId, days(7, 20));
    await enrolAll(database);
    await daysLater(13);
    expect(await ledgerOf(database, id)).toEqual(['7 DAY PENDING', '20 DAY PENDING']);
  });

  it('narrowed to other customers reminds of nothing more', async () => {
    const workflowId = await given.workflow('OVERDUE', { periods: days(7) });
    const id = await given.invoice();
    await given.change(workflowId, { customer_ids: [await given.customer()] });
    await daysLater(7);
    expect([await ledgerOf(database, id), await cadencesOf(database, id)]).toEqual([[], ['SUSPENDED']]);
  });
});
