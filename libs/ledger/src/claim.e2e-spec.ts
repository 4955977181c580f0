import { Database } from '#database/database';
import { Given } from '#testing/given';
import { executionsOf } from '#testing/ledger-reader';
import { LedgerSteps } from '#testing/ledger-steps';
import { createTestDatabase, type TestDatabase } from '#testing/test-database';
import { giveBack } from './data/give-back.js';
import { recoverLostLeases } from './data/lost-leases.js';
import { readPreparation, reusePreparation } from './data/preparation.js';

let clone: TestDatabase;
let database: Database;
let given: Given;
let ledger: LedgerSteps;
let invoiceId: string;
let id: string;

beforeAll(async () => {
  clone = await createTestDatabase();
  database = new Database({ url: clone.url, connections: 8 });
});
afterAll(async () => {
  await database.close();
  await clone.drop();
});
beforeEach(async () => {
  given = await Given.platform(database);
  ledger = new LedgerSteps(database, given.platformId);
  await given.workflow('TO_FINAL');
  invoiceId = await given.invoice();
  id = (await executionsOf(database, invoiceId))[0]!.id;
});

const row = () => database.client.workflowActionExecution.findFirstOrThrow({ where: { id } });
const set = (data: object) => database.client.workflowActionExecution.updateMany({ where: { id }, data });
const attempts = () => database.client.deliveryAttempt.findMany({ where: { executionId: id } });
/** As if the lease had run out. */
const expire = () => set({ leaseUntil: new Date(Date.now() - 1000) });

describe('a claim', () => {
  it('is won by one of many workers', async () => {
    const claims = await Promise.all(Array.from({ length: 6 }, () => ledger.claim(id)));
    expect(claims.filter((claim) => claim !== null)).toHaveLength(1);
  });

  it('is for a worker of the same platform only', async () => {
    const elsewhere = new LedgerSteps(database, (await Given.platform(database)).platformId);
    expect(await elsewhere.claim(id)).toBeNull();
  });

  it.each([
    ['not due yet', { nextAttemptAt: new Date(Date.now() + 60_000) }],
    ['being sent', { state: 'COMMITTING', leaseUntil: new Date(0) }],
    ['UNKNOWN', { state: 'UNKNOWN', reason: 'WORKER_LOST' }],
    ['SUCCEEDED', { state: 'SUCCEEDED' }],
    ['FAILED', { state: 'FAILED', reason: 'TEST' }],
  ])('takes nothing that is %s', async (_what, data) => {
    await set(data);
    expect(await ledger.claim(id)).toBeNull();
  });

  it('takes over what a dead worker held, under a newer token', async () => {
    const dead = await ledger.claimed(id);
    expect(await ledger.claim(id)).toBeNull();
    await expire();
    const heir = await ledger.claimed(id);
    expect(heir.token > dead.token).toBe(true);
  });

  it("says by the database's clock whether it is too late", async () => {
    expect((await ledger.claimed(id)).tooLate).toBe(false);
    await expire();
    await set({ notAfter: new Date(Date.now() - 1000) });
    expect((await ledger.claimed(id)).tooLate).toBe(true);
  });
});

describe('a worker whose execution was taken over', () => {
  it('writes nothing more of it', async () => {
    const slow = await ledger.claimed(id);
    await ledger.prepare(slow);
    await expire();
    const heir = await ledger.claimed(id);
    const before = await row();
    expect(await ledger.prepare(slow)).toBe(false);
    expect(await database.query(reusePreparation(slow, 1000))).toEqual([]);
    expect(await ledger.gate(slow)).toEqual({ passed: false, why: 'LOST' });
    expect(await ledger.settle(slow, { state: 'FAILED', reason: 'RECIPIENT_REFUSED', message: 'No.' })).toBe(false);
    await database.query(giveBack(slow, 0));
    expect(await row()).toEqual(before);
    expect(await attempts()).toEqual([]);
    expect(await ledger.settle(heir, { state: 'SUCCEEDED' })).toBe(true);
  });

  it('stores no preparation once its lease is over, even when nobody has taken it yet', async () => {
    const slow = await ledger.claimed(id);
    await expire();
    expect(await ledger.prepare(slow)).toBe(false);
    expect(await database.client.executionPart.count({ where: { executionId: id } })).toBe(0);
  });
});

describe('a preparation', () => {
  it('is kept with its hashes and numbered anew each time', async () => {
    const first = await ledger.claimed(id);
    await ledger.prepare(first);
    await database.query(giveBack(first, 0));
    const second = await ledger.claimed(id);
    expect([second.preparation, second.attemptCount]).toEqual([1, 0]);
    await ledger.prepare(second);
    const stored = await readPreparation(database, { ...second, preparation: 2 });
    expect(stored).toMatchObject({ parts: { text: 'Hello', html: '<p>Hello</p>' }, mimeSha256: 'a'.repeat(64) });
    const parts = await database.client.executionPart.findMany({ where: { executionId: id } });
    expect(parts.map(({ preparation }) => preparation).sort()).toEqual([1, 1, 1, 2, 2, 2]);
  });

  it('may be sent again as it is', async () => {
    const first = await ledger.claimed(id);
    await ledger.prepare(first);
    await ledger.settle(first, {
      state: 'PENDING',
      reason: 'MAIL_SERVER_BUSY',
      message: 'Busy.',
      delayMs: 0,
      charge: true,
    });
    const again = await ledger.claimed(id);
    expect(await database.query(reusePreparation(again, 60_000))).toHaveLength(1);
    expect(await ledger.gate({ ...again, preparation: 0 })).toMatchObject({ passed: true });
  });
});

describe('giving back', () => {
  it('makes it due again later and costs no attempt', async () => {
    const execution = await ledger.claimed(id);
    await database.query(giveBack(execution, 60_000));
    expect(await row()).toMatchObject({ state: 'PENDING', leaseUntil: null, attemptCount: 0 });
    expect(await ledger.claim(id)).toBeNull();
  });

  it('takes nothing back that has passed the gate', async () => {
    const execution = await ledger.committing(id);
    await database.query(giveBack(execution, 0));
    expect((await row()).state).toBe('COMMITTING');
  });
});

describe('what a lost worker held', () => {
  beforeEach(async () => {
    await database.client.workflowActionExecution.deleteMany({ where: { id: { not: id } } });
  });

  it.each(['CLAIMED', 'PREPARED'])('is due again when it was %s: nothing had left', async (state) => {
    const execution = await ledger.claimed(id);
    if (state === 'PREPARED') await ledger.prepare(execution);
    expect(await recoverLostLeases(database)).toEqual({ released: 0, unknown: 0 });
    await expire();
    expect(await recoverLostLeases(database)).toEqual({ released: 1, unknown: 0 });
    expect(await row()).toMatchObject({ state: 'PENDING', attemptCount: 0, leaseUntil: null });
    expect(await ledger.claim(id)).not.toBeNull();
  });

  it('is UNKNOWN once it had passed the gate, and nobody takes it', async () => {
    const execution = await ledger.committing(id);
    await expire();
    expect(await recoverLostLeases(database)).toEqual({ released: 0, unknown: 1 });
    expect(await row()).toMatchObject({ state: 'UNKNOWN', reason: 'WORKER_LOST', token: execution.token });
    expect(await attempts()).toMatchObject([{ outcome: 'UNKNOWN', code: 'WORKER_LOST' }]);
    expect(await ledger.claim(id)).toBeNull();
  });

  it('is recovered once by many sweeps at the same time', async () => {
    await ledger.committing(id);
    await expire();
    const sweeps = await Promise.all([1, 2, 3].map(() => recoverLostLeases(database)));
    expect(sweeps.reduce((sum, { unknown }) => sum + unknown, 0)).toBe(1);
    expect((await row()).attemptCount).toBe(1);
  });
});
