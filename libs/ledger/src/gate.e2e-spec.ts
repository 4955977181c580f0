import { Database, type Transaction } from '#database/database';
import { Given } from '#testing/given';
import { executionsOf } from '#testing/ledger-reader';
import { LedgerSteps } from '#testing/ledger-steps';
import { createTestDatabase, type TestDatabase } from '#testing/test-database';
import { until } from '#testing/until';
import { recordPayment } from '#workflows/record-payment';
import { type ClaimedExecution } from './data/claim.js';

let clone: TestDatabase;
let database: Database;
let given: Given;
let ledger: LedgerSteps;
let invoiceId: string;
let execution: ClaimedExecution;

beforeAll(async () => {
  clone = await createTestDatabase();
  database = new Database({ url: clone.url, connections: 8 });
});
afterAll(async () => {
  await database.close();
  await clone.drop();
});

/** An invoice's mail, prepared and about to leave. */
beforeEach(async () => {
  given = await Given.platform(database);
  ledger = new LedgerSteps(database, given.platformId);
  await given.workflow('TO_FINAL');
  invoiceId = await given.invoice();
  execution = await ledger.claimed((await executionsOf(database, invoiceId))[0]!.id);
  await ledger.prepare(execution);
});

const state = async () => (await executionsOf(database, invoiceId))[0]!.state;

/** What the gate answers when it has to wait for a transaction that does `work` and then ends. */
async function gateBehind(
  work: (tx: Transaction) => Promise<unknown>,
  meanwhile: () => Promise<unknown> = () => Promise.resolve(),
) {
  let commit = (): void => undefined;
  const mayCommit = new Promise<void>((resolve) => (commit = resolve));
  let reached = false;
  const other = database.transaction(async (tx) => {
    await work(tx);
    reached = true;
    await mayCommit;
  });
  await until(() => reached);
  const answer = ledger.gate(execution);
  await until(async () => {
    const [row] = await database.client.$queryRaw<{ waiting: number }[]>`
      SELECT count(*)::int AS waiting FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    return row!.waiting > 0;
  });
  await meanwhile();
  commit();
  await other;
  return answer;
}

describe('the gate', () => {
  it('lets a mail pass whose facts have not moved, and says what is left of the lease', async () => {
    const answer = await ledger.gate(execution, 30_000);
    expect(answer).toMatchObject({ passed: true });
    expect(answer.passed && answer.leaseLeftMs).toBeGreaterThan(29_000);
    expect(answer.passed && answer.leaseLeftMs).toBeLessThanOrEqual(30_001);
    expect(await state()).toBe('COMMITTING');
  });

  it('lets it pass once, also when it is asked many times at once', async () => {
    const answers = await Promise.all(Array.from({ length: 5 }, () => ledger.gate(execution)));
    expect(answers.filter(({ passed }) => passed)).toHaveLength(1);
    expect(await ledger.gate(execution)).toEqual({ passed: false, why: 'LOST' });
  });

  it('lets two mails about one invoice pass side by side', async () => {
    await given.workflow('FAILED_PAYMENT');
    const payment = await given.payment(invoiceId, { result: 'REFUSED' });
    const other = await ledger.claimed((await executionsOf(database, payment.id))[0]!.id);
    await ledger.prepare(other);
    const answers = await Promise.all([ledger.gate(execution), ledger.gate(other)]);
    expect(answers).toMatchObject([{ passed: true }, { passed: true }]);
  });

  it.each([
    [
      'the customer',
      () =>
        database.client.customer.updateMany({ where: { id: given.customerId }, data: { revision: { increment: 1 } } }),
    ],
    [
      'the integration',
      () =>
        database.client.integration.updateMany({
          where: { id: given.integrationId },
          data: { revision: { increment: 1 } },
        }),
    ],
    ['the invoice', () => given.patch(invoiceId, { custom_fields: [{ reference: 'a' }] })],
    ['the invoice by a payment', () => given.payment(invoiceId)],
    ['the workflow', () => given.change(execution.workflowId, { status: 'INACTIVE' })],
    [
      'the action',
      () =>
        database.client.workflowAction.updateMany({
          where: { id: execution.actionId },
          data: { revision: { increment: 1 } },
        }),
    ],
    [
      'the customer, who was deleted,',
      () => database.client.customer.updateMany({ where: { id: given.customerId }, data: { deletedAt: new Date() } }),
    ],
    [
      'the action, which was deleted,',
      () =>
        database.client.workflowAction.updateMany({
          where: { id: execution.actionId },
          data: { deletedAt: new Date() },
        }),
    ],
  ])('stops it when %s has moved since', async (_what, move) => {
    await move();
    expect(await ledger.gate(execution)).toEqual({ passed: false, why: 'FACTS_MOVED' });
    expect(await state()).toBe('PREPARED');
  });

  it('stops the mail about a payment when the payment has moved', async () => {
    await given.workflow('FAILED_PAYMENT');
    const payment = await given.payment(null, { result: 'REFUSED' });
    const about = await ledger.claimed((await executionsOf(database, payment.id))[0]!.id);
    await ledger.prepare(about);
    await database.client.payment.updateMany({ where: { id: payment.id }, data: { revision: { increment: 1 } } });
    expect(await ledger.gate(about)).toEqual({ passed: false, why: 'FACTS_MOVED' });
  });

  it('stops the mail about a failed payment when its invoice was paid', async () => {
    await given.workflow('FAILED_PAYMENT');
    const payment = await given.payment(invoiceId, { result: 'REFUSED' });
    const about = await ledger.claimed((await executionsOf(database, payment.id))[0]!.id);
    await ledger.prepare(about);
    await given.payment(invoiceId);
    expect(await ledger.gate(about)).toEqual({ passed: false, why: 'FACTS_MOVED' });
  });

  it('is not stopped by what happens to other invoices, nor by an identical write', async () => {
    await given.payment(await given.invoice());
    await given.patch(invoiceId, {});
    expect(await ledger.gate(execution)).toMatchObject({ passed: true });
  });

  it('stops a mail that was given to another customer, and the next preparation is for him', async () => {
    const right = await given.customer();
    await given.patch(invoiceId, { customer_id: right });
    expect(await ledger.gate(execution)).toEqual({ passed: false, why: 'FACTS_MOVED' });
    expect((await executionsOf(database, invoiceId))[0]!.customerId).toBe(right);
  });

  it('stops a preparation that is not the last one', async () => {
    expect(await ledger.gate({ ...execution, preparation: 1 })).toMatchObject({ passed: false });
    expect(await state()).toBe('PREPARED');
  });

  it('stops a worker whose lease is over', async () => {
    await database.client.workflowActionExecution.updateMany({
      where: { id: execution.id },
      data: { leaseUntil: new Date(Date.now() - 1) },
    });
    expect(await ledger.gate(execution)).toEqual({ passed: false, why: 'LOST' });
    expect(await state()).toBe('PREPARED');
  });
});

describe('a gate that has to wait', () => {
  const platform = () => given.platformId;

  it('waits for a payment in flight, and then stops the mail', async () => {
    const amount = { quantity: '100.00', currency: 'EUR' };
    const document = { invoice_id: invoiceId, result: 'AUTHORIZED', amount };
    const answer = await gateBehind((tx) => recordPayment(tx, { platformId: platform(), document, starts: true }));
    expect(answer).toEqual({ passed: false, why: 'FACTS_MOVED' });
  });

  it('lets the mail pass when the payment in flight came to nothing', async () => {
    let commit = (): void => undefined;
    const end = new Promise<void>((resolve) => (commit = resolve));
    let reached = false;
    const amount = { quantity: '100.00', currency: 'EUR' };
    const document = { invoice_id: invoiceId, result: 'AUTHORIZED', amount };
    const broken = database.transaction(async (tx) => {
      await recordPayment(tx, { platformId: platform(), document, starts: true });
      reached = true;
      await end;
      throw new Error('rolled back');
    });
    await until(() => reached);
    const answer = ledger.gate(execution);
    commit();
    await expect(broken).rejects.toThrow('rolled back');
    expect(await answer).toMatchObject({ passed: true });
  });

  it('sees a workflow that was deactivated while it waited for its own row', async () => {
    const answer = await gateBehind(
      (tx) => tx.$queryRaw`SELECT 1 FROM workflow_action_execution WHERE id = ${execution.id} FOR NO KEY UPDATE`,
      () =>
        database.client.workflow.updateMany({
          where: { id: execution.workflowId },
          data: { revision: { increment: 1 } },
        }),
    );
    expect(answer).toEqual({ passed: false, why: 'FACTS_MOVED' });
  });

  it('does not pass with a lease that ran out meanwhile', async () => {
    // The lease is alive when the gate is asked and over when it gets its locks.
    const soon = new Date(Date.now() + 150);
    await database.client.workflowActionExecution.updateMany({
      where: { id: execution.id },
      data: { leaseUntil: soon },
    });
    const answer = await gateBehind(
      (tx) => tx.$queryRaw`SELECT 1 FROM invoice WHERE id = ${invoiceId} FOR NO KEY UPDATE`,
      () =>
        until(async () => {
          const [row] = await database.client.$queryRaw<
            { over: boolean }[]
          >`SELECT clock_timestamp() > ${soon}::timestamptz AS over`;
          return row!.over;
        }),
    );
    expect(answer).toEqual({ passed: false, why: 'LOST' });
  });

  it('does not pass what another worker has taken over meanwhile', async () => {
    const answer = await gateBehind(
      (tx) =>
        tx.$executeRaw`UPDATE workflow_action_execution SET token = nextval('fencing_token') WHERE id = ${execution.id}`,
    );
    expect(answer).toEqual({ passed: false, why: 'LOST' });
  });
});
