import { Database } from '#database/database';
import { days, Given, inDays } from '#testing/given';
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
