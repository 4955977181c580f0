import { Database } from '#database/database';
import { eur, Given } from '#testing/given';
import { cadencesOf, ledgerOf } from '#testing/ledger-reader';
import { createTestDatabase, type TestDatabase } from '#testing/test-database';

let clone: TestDatabase;
let database: Database;
let given: Given;

beforeAll(async () => {
  clone = await createTestDatabase();
  database = new Database({ url: clone.url, connections: 10 });
});
afterAll(async () => {
  await database.close();
  await clone.drop();
});
beforeEach(async () => {
  given = await Given.platform(database);
});

/** Open amount and payment status, on the columns that the engine reads and in the document. */
async function settlement(id: string): Promise<string> {
  const { openAmount, paymentStatus, document } = await given.readInvoice(id);
  expect(document.open_invoice_amount?.quantity).toBe(openAmount?.toFixed(2));
  expect(document.payment_status).toBe(paymentStatus);
  return `${openAmount?.toFixed(2) ?? '-'} ${paymentStatus ?? '-'}`;
}

describe('a payment', () => {
  it('moves its invoice, and one that is charged back moves it back', async () => {
    const id = await given.invoice();
    const before = await given.readInvoice(id);
    await given.payment(id, { amount: eur('60.00') });
    expect(await settlement(id)).toBe('40.00 PARTIALLY_PAID');
    await given.payment(id, { amount: eur('40.00') });
    expect(await settlement(id)).toBe('0.00 PAID');
    await given.payment(id, { amount: eur('60.00'), result: 'CHARGED_BACK' });
    await given.payment(id, { amount: eur('40.00'), result: 'REFUNDED' });
    const after = await given.readInvoice(id);
    expect(after.document).toEqual(before.document);
    expect([after.revision, after.documentRevision]).toEqual([5n, 1]);
  });

  it.each(['PENDING', 'CANCELLED', 'REFUSED', 'ERROR'])('that is %s moves nothing', async (result) => {
    const id = await given.invoice();
    await given.payment(id, { result });
    expect([await settlement(id), (await given.readInvoice(id)).revision]).toEqual(['100.00 UNPAID', 1n]);
  });

  it('is counted in full beside others that arrive at the same time', async () => {
    const id = await given.invoice();
    await Promise.all(Array.from({ length: 8 }, () => given.payment(id, { amount: eur('10.00') })));
    expect(await settlement(id)).toBe('20.00 PARTIALLY_PAID');
  });

  it('reported twice moves its invoice once, also at the same time', async () => {
    const id = await given.invoice();
    const reported = { amount: eur('30.00'), external_reference: 'psp-1' };
    await Promise.all([given.payment(id, reported), given.payment(id, reported)]);
    expect(await settlement(id)).toBe('70.00 PARTIALLY_PAID');
    await given.payment(id, { ...reported, result: 'CHARGED_BACK' });
    await given.payment(id, { ...reported, result: 'CHARGED_BACK' });
    expect(await settlement(id)).toBe('100.00 UNPAID');
  });

  it('in another currency than its invoice is refused, and nothing of it is kept', async () => {
    const id = await given.invoice();
    const refused = given.payment(id, { amount: { quantity: '1.00', currency: 'USD' } });
    await expect(refused).rejects.toMatchObject({ code: 'INVALID_FIELD', details: { field: 'amount.currency' } });
    expect(await database.client.payment.count({ where: { invoiceId: id } })).toBe(0);
  });

  it('for an invoice that is not on the platform is refused', async () => {
    const elsewhere = await (await Given.platform(database)).invoice();
    await expect(given.payment(elsewhere)).rejects.toMatchObject({
      code: 'RESOURCE_NOT_FOUND',
      details: { field: 'invoice_id' },
    });
  });

  it('stops the reminders of its invoice in the same transaction', async () => {
    await given.workflow('OVERDUE');
    const id = await given.invoice();
    await given.payment(id);
    expect(await cadencesOf(database, id)).toEqual(['SUSPENDED']);
  });
});

describe('a workflow for failed payments', () => {
  it('starts once for each payment that failed, with an invoice or without', async () => {
    await given.workflow('FAILED_PAYMENT');
    const id = await given.invoice();
    const [first, retry, without] = [
      await given.payment(id, { result: 'REFUSED' }),
      await given.payment(id, { result: 'REFUSED' }),
      await given.payment(null, { result: 'ERROR' }),
    ];
    for (const payment of [first, retry, without])
      expect(await ledgerOf(database, payment.id)).toEqual(['event PENDING']);
  });

  it.each(['AUTHORIZED', 'CANCELLED', 'CHARGED_BACK', 'PENDING'])(
    'does not start for one that is %s',
    async (result) => {
      await given.workflow('FAILED_PAYMENT');
      expect(await ledgerOf(database, (await given.payment(null, { result })).id)).toEqual([]);
    },
  );

  it('does not start for customers out of its scope', async () => {
    await given.workflow('FAILED_PAYMENT', { customer_ids: [await given.customer()] });
    expect(await ledgerOf(database, (await given.payment(null, { result: 'REFUSED' })).id)).toEqual([]);
  });
});
