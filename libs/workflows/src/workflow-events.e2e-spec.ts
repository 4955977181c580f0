import { Database } from '#database/database';
import { newId } from '#kernel/ids';
import { Given } from '#testing/given';
import { LedgerSteps } from '#testing/ledger-steps';
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
