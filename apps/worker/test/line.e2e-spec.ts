import { releaseDue } from '#ledger/data/release';
import { until } from '#testing/until';
import { invoiceDocument } from './invoice-document.js';
import { QUEUES } from './queues.js';
import { type Line, startLine } from './start-line.js';

describe.each(QUEUES)('the line, with the queue on %s', (queue) => {
  let line: Line;

  beforeAll(async () => (line = await startLine(queue, { workers: 2 })));
  afterAll(() => line.stop());

  const put = async (document: object) => (await line.api.call('PUT', '/v1/invoices', document)).body;

  it('mails a final invoice once, with the PDF that the API serves', async () => {
    await line.workflow('TO_FINAL', {}, { invoice: { include_pdf: true, include_payment_link: true } });
    const invoice = await put(invoiceDocument());
    const [execution, ...others] = await line.ended(invoice.id);
    expect(others).toEqual([]);
    expect(execution).toMatchObject({ status: 'SUCCEEDED', recipients: { to: [invoice.customer.email] } });
    const mail = await line.smtp.waitForMail(({ envelope }) => envelope.to.includes(invoice.customer.email));
    const parsed = await mail.parsed();
    expect(parsed.subject).toContain(invoice.invoice_number);
    expect(parsed.text).toContain(execution.payment_link);
    const pdf = await fetch(`${line.api.url}/v1/invoices/${invoice.id}/pdf`, {
      headers: { 'x-api-key': line.api.key },
    });
    expect(Buffer.from(await pdf.arrayBuffer()).equals(parsed.attachments[0]!.content)).toBe(true);
    // The first document of a process starts a thread, which compiles what it runs when it runs from the sources.
  }, 90_000);

  it('mails nothing more when the same document is handed over again', async () => {
    const document = invoiceDocument();
    const invoice = await put(document);
    await line.ended(invoice.id);
    const again = await line.api.call('PUT', '/v1/invoices', document);
    expect(again.status).toBe(200);
    expect(await line.executions(invoice.id)).toHaveLength(1);
  });

  it('tries again after a connection that was cut before 354, and sends one mail', async () => {
    line.smtp.next({ cut: 'before-354' });
    const invoice = await put(invoiceDocument());
    const [execution] = await line.ended(invoice.id);
    expect(execution.status).toBe('SUCCEEDED');
    expect(line.smtp.mails.filter(({ envelope }) => envelope.to.includes(invoice.customer.email))).toHaveLength(1);
  });

  it('does not repeat a mail whose answer was lost, and says that nobody knows', async () => {
    const document = invoiceDocument();
    line.smtp.whenMailTo((document.customer as { email: string }).email, { cut: 'after-dot' });
    const invoice = await put(document);
    const [execution] = await line.ended(invoice.id);
    expect(execution).toMatchObject({ status: 'UNKNOWN', attempt_count: 1 });
  });

  it('fails at once, with the reason, when the address is refused', async () => {
    const document = invoiceDocument();
    line.smtp.whenMailTo((document.customer as { email: string }).email, { rcpt: '550 5.1.1 No such user' });
    const invoice = await put(document);
    const [execution] = await line.ended(invoice.id);
    expect(execution).toMatchObject({ status: 'FAILED', reason: 'RECIPIENT_REFUSED' });
    expect(execution.reason_message).toContain('No such user');
  });

  it('reminds of an overdue invoice when its step falls due, and not when it was paid meanwhile', async () => {
    await line.workflow('OVERDUE', { overdue: { periods: [{ type: 'DAY', value: 7 }] } });
    const due = new Date(Date.now() - 7 * 86_400_000 + 1_500).toISOString();
    const [open, paid] = [await put(invoiceDocument({ due_date: due })), await put(invoiceDocument({ due_date: due }))];
    await line.api.call('POST', '/v1/payments', {
      external_reference: 'psp-1',
      result: 'AUTHORIZED',
      invoice_id: paid.id,
      amount: { quantity: '121.00', currency: 'EUR' },
    });
    await until(async () => (await line.executions(open.id)).length === 2, 10_000);
    const reminders = (await line.ended(open.id)).map(({ status }: { status: string }) => status);
    expect(reminders).toEqual(['SUCCEEDED', 'SUCCEEDED']);
    expect(await line.executions(paid.id)).toHaveLength(1);
  });

  it('writes to the customer when a payment fails', async () => {
    await line.workflow('FAILED_PAYMENT');
    const invoice = await put(invoiceDocument());
    await line.ended(invoice.id);
    await line.api.call('POST', '/v1/payments', {
      external_reference: 'psp-2',
      result: 'REFUSED',
      invoice_id: invoice.id,
      amount: { quantity: '121.00', currency: 'EUR' },
      result_details: { reason: 'Insufficient funds' },
    });
    await until(async () => (await line.executions(invoice.id)).length === 2);
    await line.ended(invoice.id);
    const mails = line.smtp.mails.filter(({ envelope }) => envelope.to.includes(invoice.customer.email));
    expect((await mails.at(-1)!.parsed()).text).toContain('Insufficient funds');
  });
});

describe('a queue that is emptied', () => {
  it('loses nothing: what was rung for and not taken is rung for again', async () => {
    const line = await startLine('PostgreSQL', { workers: 0 });
    try {
      await line.workflow('TO_FINAL');
      const documents = Array.from({ length: 10 }, () => invoiceDocument());
      const puts = await Promise.all(documents.map((document) => line.api.call('PUT', '/v1/invoices', document)));
      // As if a wave had been rung for and Redis had lost it: marked in the ledger, and no job anywhere.
      const lost = await releaseDue(line.api.database, { limit: 100, perPlatform: 100, ringMs: 300 });
      expect(lost).toHaveLength(10);
      await line.addWorker();
      for (const { body } of puts) expect((await line.ended(body.id))[0].status).toBe('SUCCEEDED');
      expect(line.smtp.mails).toHaveLength(10);
    } finally {
      await line.stop();
    }
  }, 90_000);
});
