import { Database } from '#database/database';
import { Given } from '#testing/given';
import { executionsOf } from '#testing/ledger-reader';
import { LedgerSteps } from '#testing/ledger-steps';
import { createTestDatabase, type TestDatabase } from '#testing/test-database';
import { recoverLostLeases } from './data/lost-leases.js';
import { type Outcome } from './domain/execution-state.js';
import { retryExecution } from './retry-execution.js';

let clone: TestDatabase;
let database: Database;
let given: Given;
let ledger: LedgerSteps;
let id: string;

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
  ledger = new LedgerSteps(database, given.platformId);
  await given.workflow('TO_FINAL');
  id = (await executionsOf(database, await given.invoice()))[0]!.id;
});

const row = () => database.client.workflowActionExecution.findFirstOrThrow({ where: { id } });
const set = (data: object) => database.client.workflowActionExecution.updateMany({ where: { id }, data });
const attempts = () =>
  database.client.deliveryAttempt.findMany({ where: { executionId: id }, orderBy: { token: 'asc' } });
const retry = () => database.transaction((tx) => retryExecution(tx, given.platformId, id));

const ACCEPTED = {
  providerMessageId: 'queue-id-1',
  response: '250 OK',
  refused: [{ address: 'cc@example.com', response: '550' }],
  afterGateMs: 12,
};
const again = (overrides: object = {}): Outcome => ({
  state: 'PENDING',
  reason: 'MAIL_SERVER_BUSY',
  message: 'Busy.',
  delayMs: 60_000,
  charge: true,
  ...overrides,
});

describe('an execution that was accepted', () => {
  it('is SUCCEEDED with what the other side said', async () => {
    const execution = await ledger.committing(id);
    expect(await ledger.settle(execution, { state: 'SUCCEEDED' }, ACCEPTED)).toBe(true);
    expect(await row()).toMatchObject({
      state: 'SUCCEEDED',
      reason: null,
      attemptCount: 1,
      providerMessageId: 'queue-id-1',
      recipients: { to: ['ap@customer.example'], refused: ACCEPTED.refused },
      leaseUntil: null,
      nextAttemptAt: null,
    });
    expect(await attempts()).toMatchObject([{ outcome: 'SUCCEEDED', message: '250 OK', preparation: 1 }]);
  });

  it('stays so, whoever settles it again', async () => {
    const execution = await ledger.committing(id);
    await ledger.settle(execution, { state: 'SUCCEEDED' }, ACCEPTED);
    expect(await ledger.settle(execution, again())).toBe(false);
    expect((await row()).state).toBe('SUCCEEDED');
  });

  it('after its lease was over settles what had become UNKNOWN', async () => {
    const slow = await ledger.committing(id);
    await set({ leaseUntil: new Date(Date.now() - 1000) });
    await recoverLostLeases(database);
    expect(await ledger.settle(slow, { state: 'SUCCEEDED' }, ACCEPTED)).toBe(true);
    expect(await row()).toMatchObject({ state: 'SUCCEEDED', reason: null, reasonMessage: null, attemptCount: 1 });
    expect(await attempts()).toMatchObject([{ outcome: 'SUCCEEDED', code: null, message: '250 OK' }]);
  });
});

describe('an execution that waits for another try', () => {
  it('is due after its delay, at the cost of an attempt', async () => {
    const execution = await ledger.committing(id);
    await ledger.settle(execution, again());
    const { state, attemptCount, nextAttemptAt, finishedAt } = await row();
    expect([state, attemptCount, finishedAt]).toEqual(['PENDING', 1, null]);
    expect(Math.abs(nextAttemptAt!.getTime() - Date.now() - 60_000)).toBeLessThan(5_000);
    expect(await attempts()).toMatchObject([{ outcome: 'RETRY', code: 'MAIL_SERVER_BUSY' }]);
  });

  it('that was throttled costs none', async () => {
    await ledger.settle(await ledger.claimed(id), again({ charge: false }));
    expect((await row()).attemptCount).toBe(0);
  });

  it('is FAILED when that would be too late', async () => {
    const execution = await ledger.claimed(id);
    await set({ notAfter: new Date(Date.now() + 30_000) });
    await ledger.settle(execution, again());
    expect(await row()).toMatchObject({
      state: 'FAILED',
      reason: 'MAIL_SERVER_BUSY',
      reasonMessage: 'Busy. Given up: the next try would come too late.',
      nextAttemptAt: null,
    });
    expect((await row()).finishedAt).not.toBeNull();
    expect(await attempts()).toMatchObject([{ outcome: 'FAILED' }]);
  });
});

describe('an execution that is not sent', () => {
  it.each(['FAILED', 'SKIPPED', 'UNKNOWN'] as const)('ends %s with its reason', async (state) => {
    await ledger.settle(await ledger.claimed(id), { state, reason: 'TEST', message: 'A sentence.' });
    expect(await row()).toMatchObject({ state, reason: 'TEST', reasonMessage: 'A sentence.', nextAttemptAt: null });
    expect((await row()).finishedAt).not.toBeNull();
  });

  it('costs no attempt when it was skipped', async () => {
    await ledger.settle(await ledger.claimed(id), { state: 'SKIPPED', reason: 'INVOICE_PAID', message: 'Paid.' });
    expect((await row()).attemptCount).toBe(0);
  });
});

describe('a retry by an operator', () => {
  const failed: Outcome = { state: 'FAILED', reason: 'RECIPIENT_REFUSED', message: 'Unknown user.' };

  it('prepares a FAILED one anew, with the action as it is now and a new end', async () => {
    await ledger.settle(await ledger.committing(id), failed);
    await set({ notAfter: new Date(0) });
    const { actionId } = await row();
    await database.client.workflowAction.updateMany({ where: { id: actionId }, data: { version: 2 } });
    await retry();
    const execution = await ledger.claimed(id);
    expect(execution).toMatchObject({ actionVersion: 2, attemptCount: 0, facts: null, preparation: 1, tooLate: false });
    expect(await row()).toMatchObject({ reason: null, reasonMessage: null, finishedAt: null });
  });

  it('asks a SKIPPED one again', async () => {
    await ledger.settle(await ledger.claimed(id), { state: 'SKIPPED', reason: 'RECIPIENT_OPTED_OUT', message: 'Off.' });
    await retry();
    expect(await ledger.claim(id)).not.toBeNull();
  });

  it('keeps what was tried before', async () => {
    await ledger.settle(await ledger.committing(id), failed);
    await retry();
    await ledger.settle(await ledger.committing(id), { state: 'SUCCEEDED' }, ACCEPTED);
    expect((await attempts()).map(({ outcome, preparation }) => `${outcome} ${preparation}`)).toEqual([
      'FAILED 1',
      'SUCCEEDED 2',
    ]);
  });

  it.each(['PENDING', 'CLAIMED', 'PREPARED', 'COMMITTING', 'SUCCEEDED', 'UNKNOWN'])(
    'refuses one that is %s',
    async (state) => {
      await set({ state, reason: state === 'UNKNOWN' ? 'WORKER_LOST' : null });
      await expect(retry()).rejects.toMatchObject({ code: 'INVALID_OPERATION' });
      expect((await row()).state).toBe(state);
    },
  );

  it('finds nothing on another platform', async () => {
    const elsewhere = await Given.platform(database);
    const asked = database.transaction((tx) => retryExecution(tx, elsewhere.platformId, id));
    await expect(asked).rejects.toMatchObject({ code: 'RESOURCE_NOT_FOUND' });
  });
});
