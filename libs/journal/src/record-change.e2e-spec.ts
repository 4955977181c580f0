import { changeResource, createResource } from '#billing/resources/record-resource';
import { deleteResource } from '#billing/resources/resource-table';
import { customerTable } from '#billing/customers/customer';
import { Database } from '#database/database';
import { asActor } from '#kernel/actor';
import { newId } from '#kernel/ids';
import { Given } from '#testing/given';
import { createTestDatabase, type TestDatabase } from '#testing/test-database';
import { eraseFromJournal } from './erase.js';

let clone: TestDatabase;
let database: Database;
let given: Given;

beforeAll(async () => {
  clone = await createTestDatabase();
  database = new Database({ url: clone.url, connections: 4 });
});
afterAll(async () => {
  await database.close();
  await clone.drop();
});
beforeEach(async () => (given = await Given.platform(database)));

const endpoint = async (document: object = {}, status = 'ACTIVE') => {
  const id = newId('webhook');
  await database.client.webhook.create({ data: { platformId: given.platformId, id, status, document } });
  return id;
};
const customer = (document: object = {}) =>
  database.transaction((tx) => createResource(tx, customerTable, given.platformId, { ...document }));
const records = (targetId: string) =>
  database.client.auditRecord.findMany({ where: { platformId: given.platformId, targetId }, orderBy: { id: 'asc' } });
const events = (webhookId: string) =>
  database.client.webhookEvent.findMany({
    where: { platformId: given.platformId, webhookId },
    orderBy: { position: 'asc' },
  });
const types = async (webhookId: string) => (await events(webhookId)).map(({ type }) => type);
const update = (before: Awaited<ReturnType<typeof customer>>, document: object) =>
  database.transaction((tx) => changeResource(tx, customerTable, before, { ...document }));

describe('the audit (e.56)', () => {
  it('says who did what to which resource, at whose request', async () => {
    const actor = { type: 'API_KEY', id: 'apik_1', requestId: 'reqr_1', idempotencyKey: 'order-7' } as const;
    const { id } = await asActor(actor, () => customer());
    expect(await records(id)).toMatchObject([
      {
        actorType: 'API_KEY',
        userId: 'apik_1',
        reference: 'reqr_1',
        idempotencyKey: 'order-7',
        action: 'CUSTOMER.CREATED',
        targetType: 'CUSTOMER',
      },
    ]);
  });

  it('says what an update changed, without secrets', async () => {
    const before = await customer({ email: 'old@example.com', custom: { password: 'old', name: 'A' } });
    await update(before, { email: 'new@example.com', custom: { password: 'new', name: 'A' } });
    const [, record] = await records(before.id);
    expect(record).toMatchObject({ action: 'CUSTOMER.UPDATED', message: 'Changed: email', actorType: 'SYSTEM' });
    expect(record?.changes).toEqual({ email: { before: 'old@example.com', after: 'new@example.com' } });
  });

  it('records nothing for a write that changes nothing', async () => {
    const before = await customer({ email: 'a@example.com' });
    await update(before, { email: 'a@example.com' });
    expect(await records(before.id)).toHaveLength(1);
  });

  it('goes with the transaction of the change', async () => {
    const failing = database.transaction(async (tx) => {
      await createResource(tx, customerTable, given.platformId, { reference: 'gone' });
      throw new Error('undone');
    });
    await expect(failing).rejects.toThrow('undone');
    expect(await database.client.auditRecord.count({ where: { platformId: given.platformId } })).toBe(0);
  });

  it.each([
    ['UPDATE', `UPDATE audit_record SET message = 'never happened'`],
    ['UPDATE of what was changed', `UPDATE audit_record SET changes = '{}'`],
    ['DELETE', 'DELETE FROM audit_record'],
    ['TRUNCATE', 'TRUNCATE audit_record'],
  ])('is immutable: the database refuses %s', async (_what, statement) => {
    await customer();
    await expect(database.client.$executeRawUnsafe(statement)).rejects.toThrow('Audit records are never changed');
  });

  it('keeps who did what when a person is forgotten, and not what was written of him', async () => {
    const before = await customer({ email: 'old@example.com' });
    const hook = await endpoint({ include_previous_data: true });
    await update(before, { email: 'new@example.com' });
    await database.transaction((tx) => eraseFromJournal(tx, given.platformId, [before.id]));
    const [, record] = await records(before.id);
    expect(record).toMatchObject({ action: 'CUSTOMER.UPDATED', changes: null });
    expect(JSON.stringify(await events(hook), (_, value) => (typeof value === 'bigint' ? 0 : value))).not.toContain(
      '@',
    );
  });
});

describe('webhook events', () => {
  it('are written for each active endpoint of the platform and for no other', async () => {
    const other = await Given.platform(database);
    const foreign = newId('webhook');
    await database.client.webhook.create({ data: { platformId: other.platformId, id: foreign, document: {} } });
    const [first, second, inactive] = [await endpoint(), await endpoint(), await endpoint({}, 'INACTIVE')];
    await customer();
    expect(await types(first)).toContain('CUSTOMER.CREATED');
    expect(await types(second)).toContain('CUSTOMER.CREATED');
    expect([...(await types(inactive)), ...(await types(foreign))]).toEqual([]);
  });

  it('come in the order of the actions, the general one first', async () => {
    const hook = await endpoint();
    const before = await customer({ status: 'ACTIVE' });
    await update(before, { status: 'ARCHIVED' });
    expect(await types(hook)).toEqual([
      'CUSTOMER.CREATED',
      'CUSTOMER.STATUS_TO_ACTIVE',
      'CUSTOMER.UPDATED',
      'CUSTOMER.STATUS_TO_ARCHIVED',
    ]);
  });

  it.each([
    ['everything when nothing is included', {}, true],
    ['everything when the list is empty', { included_actions: [] }, true],
    ['what is included', { included_actions: ['CUSTOMER.DELETE'] }, true],
    ['DELETED as another name of DELETE', { included_actions: ['CUSTOMER.DELETED'] }, true],
    ['nothing that is not included', { included_actions: ['CUSTOMER.UPDATED'] }, false],
    [
      'nothing that is excluded, even when it is included',
      { included_actions: ['CUSTOMER.DELETE'], excluded_actions: ['CUSTOMER.DELETED'] },
      false,
    ],
  ])('e.58: tell %s', async (_what, document, told) => {
    const row = await customer();
    const hook = await endpoint(document);
    await database.transaction((tx) => deleteResource(tx, customerTable, row));
    expect(await types(hook)).toEqual(told ? ['CUSTOMER.DELETE'] : []);
  });

  it('e.58: carry what it was before only where that is wanted', async () => {
    const [with_, without] = [await endpoint({ include_previous_data: true }), await endpoint()];
    const before = await customer({ email: 'old@example.com' });
    await asActor({ type: 'API_KEY', id: 'apik_1', requestId: 'reqr_7' }, () =>
      update(before, { email: 'new@example.com' }),
    );
    const payload = (await events(with_)).at(-1)!;
    expect(payload.payload).toMatchObject({
      id: payload.id,
      type: 'CUSTOMER.UPDATED',
      environment: 'LIVE',
      original_request_id: 'reqr_7',
      data: { object_type: 'CUSTOMER', id: before.id, email: 'new@example.com' },
      previous_data: { email: 'old@example.com' },
    });
    expect((await events(without)).at(-1)!.payload).not.toHaveProperty('previous_data');
  });

  it('tell of an invoice that it was paid', async () => {
    const hook = await endpoint({ included_actions: ['INVOICE.PAID', 'INVOICE.STATUS_TO_FINAL'] });
    await given.payment(await given.invoice());
    expect(await types(hook)).toEqual(['INVOICE.STATUS_TO_FINAL', 'INVOICE.PAID']);
  });
});
