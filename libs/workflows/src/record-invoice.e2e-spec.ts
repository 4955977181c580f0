import { markDownloaded, storeInvoicePdf } from '#billing/invoices/invoice-pdf.repository';
import { Database } from '#database/database';
import { days, eur, Given, inDays } from '#testing/given';
import { cadencesOf, executionsOf, ledgerOf } from '#testing/ledger-reader';
import { passTime } from '#testing/pass-time';
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

const DRAFT = { status: 'DRAFT' };

describe('a workflow for invoices that become final', () => {
  it('starts once per invoice, whatever is written afterwards', async () => {
    await given.workflow('TO_FINAL');
    const id = await given.invoice(DRAFT);
    expect(await ledgerOf(database, id)).toEqual([]);
    await given.patch(id, { status: 'FINAL' });
    await given.patch(id, { due_date: inDays(30) });
    await given.patch(id, { status: 'ARCHIVED' });
    expect(await ledgerOf(database, id)).toEqual(['event PENDING']);
  });

  it('starts once when two writers make it final at the same time', async () => {
    await given.workflow('TO_FINAL');
    const id = await given.invoice(DRAFT);
    await Promise.all([
      given.patch(id, { status: 'FINAL' }),
      given.patch(id, { status: 'FINAL', due_date: inDays(3) }),
    ]);
    expect(await ledgerOf(database, id)).toEqual(['event PENDING']);
  });

  it('plans one execution per ACTIVE action, and each workflow starts for itself', async () => {
    const workflowId = await given.workflow('TO_FINAL', { actions: 2 });
    await given.action(workflowId, { status: 'INACTIVE' });
    await given.workflow('TO_FINAL');
    const rows = await executionsOf(database, await given.invoice());
    expect(rows).toHaveLength(3);
    expect(new Set(rows.map(({ triggerId }) => triggerId)).size).toBe(2);
  });

  it('does not start for customers out of its scope, nor while it is not ACTIVE', async () => {
    const other = await given.customer();
    await given.workflow('TO_FINAL', { customer_ids: [other] });
    await given.workflow('TO_FINAL', { status: 'INACTIVE' });
    expect(await ledgerOf(database, await given.invoice())).toEqual([]);
    expect(await ledgerOf(database, await given.invoice({ customer_id: other }))).toEqual(['event PENDING']);
  });

  it('sees nothing of another platform', async () => {
    const elsewhere = await Given.platform(database);
    await elsewhere.workflow('TO_FINAL');
    expect(await ledgerOf(database, await given.invoice())).toEqual([]);
  });

  it('mails nobody for an import of invoices that became final before it was activated', async () => {
    await given.workflow('TO_FINAL');
    expect(await ledgerOf(database, await given.invoice({ updated_to_final_at: inDays(-1) }))).toEqual([]);
    expect(await ledgerOf(database, await given.invoice())).toEqual(['event PENDING']);
  });

  it('counts the final instant that the document states, so that a late import dies of its age', async () => {
    await given.workflow('TO_FINAL');
    await passTime(database, { days: 90 });
    const finalAt = inDays(-60);
    const [row] = await executionsOf(database, await given.invoice({ updated_to_final_at: finalAt }));
    expect(row!.dueAt).toEqual(new Date(finalAt));
    expect(row!.notAfter.getTime()).toBeLessThan(Date.now());
  });

  it('does not wait for a final instant that is still to come', async () => {
    await given.workflow('TO_FINAL');
    const [row] = await executionsOf(database, await given.invoice({ updated_to_final_at: inDays(365) }));
    expect(row!.nextAttemptAt!.getTime()).toBeLessThanOrEqual(Date.now() + 1000);
  });

  it('sees only those who are in its scope since before the invoice became final', async () => {
    const newcomer = await given.customer();
    const workflowId = await given.workflow('TO_FINAL', { customer_ids: [given.customerId] });
    await passTime(database, { days: 10 });
    await given.change(workflowId, { customer_ids: [given.customerId, newcomer] });
    const updated_to_final_at = inDays(-5);
    expect(await ledgerOf(database, await given.invoice({ updated_to_final_at }))).toEqual(['event PENDING']);
    expect(await ledgerOf(database, await given.invoice({ updated_to_final_at, customer_id: newcomer }))).toEqual([]);
  });

  it("ends a mail that is later than the integration's delivery window", async () => {
    const document = { email_provider: { delivery_window: { type: 'DAY', value: 2 } } };
    const integrationId = await given.integration({ document });
    const workflowId = await given.workflow('TO_FINAL', { actions: 0 });
    await given.action(workflowId, { config: { integration_id: integrationId } });
    const [row] = await executionsOf(database, await given.invoice());
    expect(row!.notAfter.getTime() - row!.dueAt.getTime()).toBe(2 * 86_400_000);
  });
});

describe('a write that starts nothing (record_only)', () => {
  it('plans no mail and makes no cadence', async () => {
    await given.workflow('TO_FINAL');
    await given.workflow('OVERDUE');
    const id = await given.invoice({}, { recordOnly: true });
    expect([await ledgerOf(database, id), await cadencesOf(database, id)]).toEqual([[], []]);
  });

  it('is followed by the cadences that there are', async () => {
    await given.workflow('OVERDUE');
    const id = await given.invoice();
    await given.patch(id, { paid: true }, { recordOnly: true });
    expect(await cadencesOf(database, id)).toEqual(['SUSPENDED']);
  });

  it('starts nothing for a payment that failed either, but moves the invoice', async () => {
    await given.workflow('FAILED_PAYMENT');
    const id = await given.invoice();
    const refused = await given.payment(id, { result: 'REFUSED' }, { recordOnly: true });
    await given.payment(id, { amount: eur('40.00') }, { recordOnly: true });
    expect(await ledgerOf(database, refused.id)).toEqual([]);
    expect((await given.readInvoice(id)).openAmount?.toFixed(2)).toBe('60.00');
  });
});

describe('an identical write', () => {
  it('raises no revision and starts nothing', async () => {
    const id = await given.invoice();
    const before = await given.readInvoice(id);
    const { changed } = await given.patch(id, {
      due_date: before.document.due_date,
      custom_fields: before.document.custom_fields,
    });
    expect(changed).toBe(false);
    expect(await given.readInvoice(id)).toEqual(before);
  });

  it('is not one that changes anything at all', async () => {
    const id = await given.invoice();
    await given.patch(id, { custom_fields: [{ reference: 'a', value: '1' }] });
    const { revision, documentRevision } = await given.readInvoice(id);
    expect([revision, documentRevision]).toEqual([2n, 1]);
  });
});

describe('the content of a FINAL invoice', () => {
  const content = { notes: 'Corrected' };

  async function setState(id: string, state: string): Promise<void> {
    const reason = state === 'UNKNOWN' ? 'WORKER_LOST' : null;
    await database.client.workflowActionExecution.updateMany({ where: { invoiceId: id }, data: { state, reason } });
  }

  it('may change before anybody has seen it, as a new document revision', async () => {
    await given.workflow('TO_FINAL');
    const id = await given.invoice();
    await given.patch(id, content);
    expect(await given.readInvoice(id)).toMatchObject({ revision: 2n, documentRevision: 2 });
  });

  it.each(['COMMITTING', 'SUCCEEDED', 'UNKNOWN'])('may not change once its mail is %s', async (state) => {
    await given.workflow('TO_FINAL');
    const id = await given.invoice();
    await setState(id, state);
    await expect(given.patch(id, content)).rejects.toMatchObject({
      code: 'INVALID_OPERATION',
      details: { field: 'notes' },
    });
    await given.patch(id, { due_date: inDays(9) });
    expect(await given.readInvoice(id)).toMatchObject({ revision: 2n, documentRevision: 1 });
  });

  it('may not change either once it was archived or voided after its mail', async () => {
    await given.workflow('TO_FINAL');
    for (const status of ['ARCHIVED', 'VOID']) {
      const id = await given.invoice();
      await setState(id, 'SUCCEEDED');
      await given.patch(id, { status });
      await expect(given.patch(id, content)).rejects.toMatchObject({ code: 'INVALID_OPERATION' });
    }
  });

  it('may not change once it was downloaded', async () => {
    const id = await given.invoice();
    const revision = { platformId: given.platformId, invoiceId: id, documentRevision: 1 };
    const pdf = { bytes: new Uint8Array([1]), sha256: 'a'.repeat(64), pages: 1 };
    await database.query(storeInvoicePdf(revision, pdf));
    await given.patch(id, { notes: 'Printed for a mail that never left' });
    await database.query(storeInvoicePdf({ ...revision, documentRevision: 2 }, pdf));
    await database.query(markDownloaded({ ...revision, documentRevision: 2 }));
    await expect(given.patch(id, content)).rejects.toMatchObject({ code: 'INVALID_OPERATION' });
  });
});

describe('an invoice that is given to another customer before its mail has left', () => {
  it('is mailed to the one whom it names', async () => {
    await given.workflow('TO_FINAL');
    await given.workflow('FAILED_PAYMENT');
    const id = await given.invoice();
    const refused = await given.payment(id, { result: 'REFUSED' });
    const right = await given.customer();
    await given.patch(id, { customer_id: right });
    const [mail] = await executionsOf(database, id);
    const [notice] = await executionsOf(database, refused.id);
    expect([mail!.customerId, notice!.customerId]).toEqual([right, given.customerId]);
  });
});

describe('a change that fails', () => {
  it('leaves nothing of its consequences behind', async () => {
    await given.workflow('TO_FINAL');
    await given.workflow('OVERDUE', { periods: days(7) });
    let id = '';
    const failing = database.transaction(async (tx) => {
      id = (await given.recordInvoice(tx, null, {})).after.id;
      throw new Error('the connection broke');
    });
    await expect(failing).rejects.toThrow('the connection broke');
    expect([await ledgerOf(database, id), await cadencesOf(database, id)]).toEqual([[], []]);
  });
});
