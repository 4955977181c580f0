import { Database } from '#database/database';
import { reopenStep } from './advance-cadence.js';
import { days, eur, Given, inDays } from '#testing/given';
import { cadencesOf, executionsOf, ledgerOf } from '#testing/ledger-reader';
import { passTime } from '#testing/pass-time';
import { enrolAll, runClock } from '#testing/run-clock';
import { createTestDatabase, type TestDatabase } from '#testing/test-database';
import { recordZoneChange } from './record-customer.js';

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

describe('the reminders of an overdue invoice', () => {
  it('come one after the other, each once, and end', async () => {
    await given.workflow('OVERDUE', { periods: days(7, 15) });
    const id = await given.invoice({ due_date: inDays(1) });
    expect([await ledgerOf(database, id), await cadencesOf(database, id)]).toEqual([[], ['RUNNING 7 DAY']]);
    await daysLater(7);
    expect(await ledgerOf(database, id)).toEqual([]);
    await daysLater(1);
    expect([await ledgerOf(database, id), await cadencesOf(database, id)]).toEqual([
      ['7 DAY PENDING'],
      ['RUNNING 15 DAY'],
    ]);
    await daysLater(8);
    expect(await ledgerOf(database, id)).toEqual(['7 DAY PENDING', '15 DAY PENDING']);
    expect(await cadencesOf(database, id)).toEqual(['FINISHED']);
    await daysLater(30);
    expect(await ledgerOf(database, id)).toHaveLength(2);
  });

  it('carry the instant they are due at and die 72 hours after it', async () => {
    await given.workflow('OVERDUE', { periods: days(7) });
    const id = await given.invoice();
    await daysLater(7);
    const [row] = await executionsOf(database, id);
    const { dueDate } = await given.readInvoice(id);
    expect(row!.dueAt.getTime() - dueDate!.getTime()).toBe(7 * 86_400_000);
    expect(row!.notAfter.getTime() - row!.dueAt.getTime()).toBe(72 * 3_600_000);
  });

  it('are planned once by a clock that runs again and again, and by two at the same time', async () => {
    await given.workflow('OVERDUE', { periods: days(7) });
    const ids = await Promise.all(Array.from({ length: 5 }, () => given.invoice()));
    await passTime(database, { days: 7, hours: 1 });
    await Promise.all([runClock(database), runClock(database), runClock(database)]);
    await runClock(database);
    for (const id of ids) expect(await ledgerOf(database, id)).toEqual(['7 DAY PENDING']);
  });

  it('are planned once even when a clock comes back to a cadence that was put back', async () => {
    await given.workflow('OVERDUE', { periods: days(7) });
    const id = await given.invoice();
    const [before] = await database.client.cadence.findMany({ where: { resourceId: id } });
    await daysLater(7);
    const { done, nextStep, state } = before!;
    await database.client.cadence.updateMany({
      where: { resourceId: id },
      data: { done, nextStep, nextAt: new Date(0), state },
    });
    await runClock(database);
    expect(await ledgerOf(database, id)).toEqual(['7 DAY PENDING']);
  });

  it('wait for a writer who holds the invoice, without holding up the clock, and follow what he wrote', async () => {
    await given.workflow('OVERDUE', { periods: days(7) });
    const [held, free] = [await given.invoice(), await given.invoice()];
    await passTime(database, { days: 7, hours: 1 });
    await database.transaction(async (tx) => {
      await given.recordInvoice(tx, held, { payment_status: 'PAID' });
      expect(await runClock(database)).toBe(1);
    });
    await runClock(database);
    expect([await ledgerOf(database, held), await ledgerOf(database, free)]).toEqual([[], ['7 DAY PENDING']]);
  });

  it('go to the customer whom the invoice names when they fall due', async () => {
    const workflowId = await given.workflow('OVERDUE', { periods: days(7) });
    const id = await given.invoice();
    await given.change(workflowId, { status: 'INACTIVE' });
    const right = await given.customer();
    await given.patch(id, { customer_id: right });
    await given.change(workflowId, { status: 'ACTIVE' });
    await daysLater(7);
    expect((await executionsOf(database, id)).map(({ customerId }) => customerId)).toEqual([right]);
  });
});

describe('a step looks at no instant before', () => {
  it('the activation of its workflow', async () => {
    const id = await given.invoice();
    await passTime(database, { days: 8 });
    await given.workflow('OVERDUE', { periods: days(7, 15) });
    await enrolAll(database);
    await daysLater(1);
    expect(await ledgerOf(database, id)).toEqual([]);
    await daysLater(6);
    expect(await ledgerOf(database, id)).toEqual(['15 DAY PENDING']);
  });

  it('its own addition', async () => {
    const workflowId = await given.workflow('OVERDUE', { periods: days(15) });
    const id = await given.invoice();
    await passTime(database, { days: 8 });
    await given.steps(workflowId, days(7, 9, 15));
    await enrolAll(database);
    await daysLater(1);
    expect(await ledgerOf(database, id)).toEqual(['9 DAY PENDING']);
    await daysLater(6);
    expect(await ledgerOf(database, id)).toEqual(['9 DAY PENDING', '15 DAY PENDING']);
  });

  it("the customer's entry into the scope", async () => {
    const newcomer = await given.customer();
    const workflowId = await given.workflow('OVERDUE', { periods: days(7, 15), customer_ids: [given.customerId] });
    const id = await given.invoice({ customer_id: newcomer });
    await passTime(database, { days: 8 });
    await given.change(workflowId, { customer_ids: [given.customerId, newcomer] });
    await enrolAll(database);
    await runClock(database);
    expect([await ledgerOf(database, id), await cadencesOf(database, id)]).toEqual([[], ['RUNNING 15 DAY']]);
  });

  it('the import of an invoice that was overdue already', async () => {
    await given.workflow('OVERDUE', { periods: days(7, 15) });
    await passTime(database, { days: 30 });
    const id = await given.invoice({ due_date: inDays(-8), updated_to_final_at: inDays(-20) });
    await runClock(database);
    expect([await ledgerOf(database, id), await cadencesOf(database, id)]).toEqual([[], ['RUNNING 15 DAY']]);
  });

  it('the import of one that started nothing, when a later edit of the workflow enrols it', async () => {
    const workflowId = await given.workflow('OVERDUE', { periods: days(7, 15) });
    await passTime(database, { days: 30 });
    const id = await given.invoice({ due_date: inDays(-8) }, { recordOnly: true });
    await given.steps(workflowId, days(7, 15, 30));
    await enrolAll(database);
    await runClock(database);
    expect([await ledgerOf(database, id), await cadencesOf(database, id)]).toEqual([[], ['RUNNING 15 DAY']]);
  });
});

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

describe('when the zone of a customer changes', () => {
  const next = async (id: string) =>
    (await database.client.cadence.findFirstOrThrow({ where: { resourceId: id } })).nextAt!;

  it('his reminders are counted by it from the next look of the clock on', async () => {
    await given.workflow('OVERDUE', { periods: [{ type: 'MONTH', value: 1 }] });
    // 23:30 UTC on the 30th is the 31st in Tokyo: a month later the 28th there is the 27th here.
    const id = await given.invoice({ due_date: '2027-01-30T23:30:00Z' });
    expect(await next(id)).toEqual(new Date('2027-02-28T23:30:00Z'));
    await database.client.customer.updateMany({ where: { id: given.customerId }, data: { timezone: 'Asia/Tokyo' } });
    await database.transaction((tx) => recordZoneChange(tx, given.platformId, given.customerId));
    await runClock(database);
    expect([await next(id), await ledgerOf(database, id)]).toEqual([new Date('2027-02-27T23:30:00Z'), []]);
  });

  it('a step that was planned by the old zone is not sent before the new one says so', async () => {
    await given.workflow('OVERDUE', { periods: days(7) });
    const id = await given.invoice({ due_date: inDays(0) });
    await database.client.cadence.updateMany({ where: { resourceId: id }, data: { nextAt: new Date(0) } });
    await runClock(database);
    expect([await ledgerOf(database, id), await cadencesOf(database, id)]).toEqual([[], ['RUNNING 7 DAY']]);
  });
});

describe('after downtime', () => {
  it('only the latest step that fell due is sent, the others are on record as missed', async () => {
    await given.workflow('OVERDUE', { periods: days(7, 14, 15, 30) });
    const id = await given.invoice();
    await daysLater(16);
    expect((await ledgerOf(database, id)).sort()).toEqual([
      '14 DAY SKIPPED STEP_MISSED',
      '15 DAY PENDING',
      '7 DAY SKIPPED STEP_MISSED',
    ]);
    expect(await cadencesOf(database, id)).toEqual(['RUNNING 30 DAY']);
  });

  it('nothing is sent that is more than 72 hours late', async () => {
    await given.workflow('OVERDUE', { periods: days(7) });
    const id = await given.invoice();
    await passTime(database, { days: 10, hours: 1 });
    await runClock(database);
    expect(await ledgerOf(database, id)).toEqual(['7 DAY SKIPPED STEP_MISSED']);
    const [row] = await executionsOf(database, id);
    expect(row!.nextAttemptAt).toBeNull();
  });
});
