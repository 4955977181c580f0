import { Database } from '#database/database';
import { newId } from '#kernel/ids';
import { eraseExecutions } from '#ledger/data/erase-executions';
import { Given, inDays } from '#testing/given';
import { LedgerSteps } from '#testing/ledger-steps';
import { passTime } from '#testing/pass-time';
import { runClock } from '#testing/run-clock';
import { createTestDatabase, type TestDatabase } from '#testing/test-database';
import { recordManualTrigger } from './record-manual-trigger.js';

let clone: TestDatabase;
let database: Database;
let given: Given;
let webhookId: string;

beforeAll(async () => {
  clone = await createTestDatabase();
  database = new Database({ url: clone.url, connections: 4 });
});
afterAll(async () => {
  await database.close();
  await clone.drop();
});
beforeEach(async () => {
  given = await Given.platform(database);
  webhookId = newId('webhook');
  const included = [
    'WORKFLOW.CREATED',
    'WORKFLOW_ACTION.CREATED',
    'WORKFLOW_TRIGGER.CREATED',
    'WORKFLOW_ACTION_EXECUTION.SUCCEEDED',
    'WORKFLOW_ACTION_EXECUTION.FAILED',
    'WORKFLOW_ACTION_EXECUTION.SKIPPED',
    'WORKFLOW_ACTION_EXECUTION.CANCELLED',
  ];
  const document = { included_actions: included };
  await database.client.webhook.create({ data: { platformId: given.platformId, id: webhookId, document } });
});

const told = async () =>
  (await database.client.webhookEvent.findMany({ where: { webhookId }, orderBy: { position: 'asc' } })).map(
    (event) => ({
      type: event.type,
      data: (event.payload as { data: Record<string, unknown> }).data,
    }),
  );
const execution = async () =>
  database.client.workflowActionExecution.findFirstOrThrow({ where: { platformId: given.platformId } });

describe('webhook events of workflows (e.57)', () => {
  it('tell what was set up, what started and how it ended, each once', async () => {
    await given.workflow('TO_FINAL');
    const invoiceId = await given.invoice();
    const { id } = await execution();
    const ledger = new LedgerSteps(database, given.platformId);
    const claimed = await ledger.committing(id);
    const acceptance = { providerMessageId: 'provider-1', response: '250 ok', refused: [], afterGateMs: 1 };
    await ledger.settle(claimed, { state: 'SUCCEEDED' }, acceptance);
    await ledger.settle(claimed, { state: 'SUCCEEDED' }, acceptance);
    const events = await told();
    expect(events.map(({ type }) => type)).toEqual([
      'WORKFLOW.CREATED',
      'WORKFLOW_ACTION.CREATED',
      'WORKFLOW_TRIGGER.CREATED',
      'WORKFLOW_ACTION_EXECUTION.SUCCEEDED',
    ]);
    expect(events[2]?.data).toMatchObject({ type: 'EVENT', invoice: { invoice_id: invoiceId } });
    expect(events[3]?.data).toMatchObject({
      id,
      invoice_id: invoiceId,
      status: 'SUCCEEDED',
      provider_message_id: 'provider-1',
    });
  });

  it('tell nothing of a try that comes again', async () => {
    await given.workflow('TO_FINAL');
    await given.invoice();
    const ledger = new LedgerSteps(database, given.platformId);
    const claimed = await ledger.claimed((await execution()).id);
    await ledger.settle(claimed, { state: 'PENDING', reason: 'LATER', message: 'Later.', delayMs: 1, charge: true });
    expect((await told()).map(({ type }) => type)).not.toContainEqual(expect.stringContaining('EXECUTION'));
  });

  it('tell once of a run that somebody asked for, which is audited (e.56)', async () => {
    const workflowId = await given.workflow('TO_FINAL');
    const invoiceId = await given.invoice({}, { recordOnly: true });
    const request = { workflowId, customerId: null, invoice: { invoice_id: invoiceId } };
    const id = await database.transaction((tx) => recordManualTrigger(tx, given.platformId, request));
    const triggers = (await told()).filter(({ type }) => type === 'WORKFLOW_TRIGGER.CREATED');
    expect(triggers).toMatchObject([{ data: { id, type: 'MANUAL' } }]);
    expect(await database.client.auditRecord.findMany({ where: { targetId: id } })).toMatchObject([
      { action: 'WORKFLOW_TRIGGER.CREATED' },
    ]);
  });
});

describe('the audit of executions (e.56)', () => {
  const ends = async () =>
    database.client.auditRecord.findMany({
      where: { platformId: given.platformId, targetType: 'WORKFLOW_ACTION_EXECUTION' },
      orderBy: { createdAt: 'asc' },
    });

  it('says how each has ended, once, and nothing of a try that comes again', async () => {
    await given.workflow('TO_FINAL');
    await given.invoice();
    const { id } = await execution();
    const ledger = new LedgerSteps(database, given.platformId);
    const later = { state: 'PENDING', reason: 'LATER', message: 'Later.', delayMs: 0, charge: true } as const;
    await ledger.settle(await ledger.claimed(id), later);
    expect(await ends()).toEqual([]);
    const failed = { state: 'FAILED', reason: 'REFUSED', message: '550 ap@customer.example is unknown' } as const;
    const claimed = await ledger.committing(id);
    await ledger.settle(claimed, failed);
    await ledger.settle(claimed, failed);
    const records = await ends();
    expect(records).toMatchObject([
      {
        action: 'WORKFLOW_ACTION_EXECUTION.FAILED',
        targetId: id,
        targetEntityId: given.customerId,
        actorType: 'SYSTEM',
        userId: null,
        message: 'Reason: REFUSED',
      },
    ]);
    expect(records[0]?.id).toMatch(/^[a-z]{4}_[A-Za-z0-9]{20}$/);
    expect(JSON.stringify(records)).not.toContain('@');
  });

  it('and the webhooks hear of mails that a moved due date skips', async () => {
    await given.workflow('OVERDUE');
    const invoiceId = await given.invoice();
    await passTime(database, { days: 7, hours: 1 });
    await runClock(database);
    expect(await ends()).toEqual([]);
    await given.patch(invoiceId, { due_date: inDays(5) });
    expect(await ends()).toMatchObject([
      { action: 'WORKFLOW_ACTION_EXECUTION.SKIPPED', message: 'Reason: ANCHOR_MOVED' },
    ]);
    const skipped = (await told()).filter(({ type }) => type === 'WORKFLOW_ACTION_EXECUTION.SKIPPED');
    expect(skipped).toMatchObject([{ data: { status: 'SKIPPED', reason: 'ANCHOR_MOVED' } }]);
  });

  it('and the webhooks hear of mails that end because a customer is forgotten, without who he was', async () => {
    await given.workflow('TO_FINAL');
    await given.invoice();
    const { id } = await execution();
    const { platformId, customerId } = given;
    const ledger = new LedgerSteps(database, platformId);
    await ledger.prepare(await ledger.claimed(id));
    await database.transaction((tx) => eraseExecutions(tx, platformId, customerId));
    expect(await ends()).toMatchObject([
      { action: 'WORKFLOW_ACTION_EXECUTION.CANCELLED', message: 'Reason: CUSTOMER_FORGOTTEN' },
    ]);
    const [last] = (await told()).slice(-1);
    expect(last).toMatchObject({ type: 'WORKFLOW_ACTION_EXECUTION.CANCELLED', data: { id, status: 'CANCELLED' } });
    expect(JSON.stringify(last)).not.toContain('ap@customer');
  });
});
