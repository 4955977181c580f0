import { newId } from '#kernel/ids';
import { until } from '#testing/until';
import { exclusiveLock, shareLock } from '#workflows/data/platform-lock';
import { days, GivenWorkflows, workflowBody } from './given-workflows.js';
import { type Answer, type RunningApi, startApi } from './start-api.js';

let api: RunningApi;
let given: GivenWorkflows;

beforeAll(async () => {
  api = await startApi();
  given = new GivenWorkflows(api);
}, 60_000);
afterAll(() => api.stop());

const create = (overrides: object = {}) => api.call('POST', '/v1/workflows', workflowBody(overrides));
const patch = (id: string, body: object) => api.call('PATCH', `/v1/workflows/${id}`, body);
const get = (id: string) => api.call('GET', `/v1/workflows/${id}`);
const post = (id: string, verb: string) => api.call('POST', `/v1/workflows/${id}/${verb}`);
const row = (id: string) =>
  api.database.client.workflow.findUniqueOrThrow({ where: { platformId_id: { platformId: api.platformId, id } } });
const refusal = ({ status, body }: Answer) => [status, body.code, body.field];
const overdue = (...values: number[]) => ({ variant: 'OVERDUE', overdue: { periods: days(...values) } });

describe('changing a workflow', () => {
  it('merges the patch and leaves the rest', async () => {
    const id = await given.workflow({ description: 'old' });
    const { status, body } = await patch(id, { name: 'Dunning', invoice: { overdue: { periods: days(3) } } });
    expect(status).toBe(200);
    expect(body).toMatchObject({ name: 'Dunning', description: 'old', invoice: overdue(3) });
  });

  it('clears what may be null and refuses null elsewhere', async () => {
    const customer = await given.customer();
    const id = await given.workflow({ description: 'old', customer_ids: [customer] });
    const { body } = await patch(id, { description: null, customer_ids: null });
    expect(body).not.toHaveProperty('description');
    expect(body).not.toHaveProperty('customer_ids');
    expect(refusal(await patch(id, { name: null }))).toEqual([400, 'INVALID_FIELD', 'name']);
    expect(refusal(await patch(id, { invoice: null }))).toEqual([400, 'INVALID_FIELD', 'invoice']);
  });

  it('changes nothing when it is what it was', async () => {
    const customer = await given.customer();
    const id = await given.workflow({ description: 'x', customer_ids: [customer], status: 'ACTIVE' });
    const before = await row(id);
    const { body } = await get(id);
    expect((await patch(id, body)).body).toEqual(body);
    expect(await row(id)).toEqual(before);
  });

  it('raises the revision when something is different', async () => {
    const id = await given.workflow();
    await patch(id, { name: 'Dunning' });
    expect((await row(id)).revision).toBe(2n);
  });

  it('finds it by reference, and by id first', async () => {
    const { body } = await create({ reference: 'by-reference' });
    expect((await get('by-reference')).body.id).toBe(body.id);
    expect((await patch('by-reference', { name: 'Found' })).body).toMatchObject({ id: body.id, name: 'Found' });
    expect((await get('By-Reference')).status).toBe(404);
  });

  it('refuses an emptied customer list (it would become a mass mailing)', async () => {
    const id = await given.workflow({ customer_ids: [await given.customer()] });
    expect(refusal(await patch(id, { customer_ids: [] }))).toEqual([400, 'INVALID_FIELD', 'customer_ids']);
    expect((await row(id)).scoped).toBe(true);
  });

  it('never changes the type', async () => {
    const id = await given.workflow();
    expect(refusal(await patch(id, { type: 'PAYMENT' }))).toEqual([400, 'INVALID_FIELD', 'type']);
    expect((await patch(id, { type: 'INVOICE' })).status).toBe(200);
  });

  it('changes the variant, with the settings of the old one gone, until it was triggered', async () => {
    const id = await given.workflow();
    const { body } = await patch(id, { invoice: { variant: 'TO_FINAL' } });
    expect(body.invoice).toEqual({ variant: 'TO_FINAL' });
    await api.database.client.workflowTrigger.create({
      data: {
        platformId: api.platformId,
        id: newId('workflowTrigger'),
        workflowId: id,
        type: 'EVENT',
        firingKey: id,
        resourceType: 'INVOICE',
        resourceId: 'invo_1',
        variant: 'TO_FINAL',
        payload: {},
      },
    });
    expect(refusal(await patch(id, { invoice: overdue(7) }))).toEqual([400, 'INVALID_OPERATION', 'invoice.variant']);
  });

  it('refuses settings of another variant that the patch states', async () => {
    const id = await given.workflow();
    const invoice = { variant: 'TO_FINAL', overdue: { periods: days(7) } };
    expect(refusal(await patch(id, { invoice }))).toEqual([400, 'INVALID_FIELD', 'invoice.overdue']);
  });

  it('may keep a customer who was deleted since', async () => {
    const customer = await given.customer();
    const id = await given.workflow({ customer_ids: [customer] });
    await api.database.client.customer.updateMany({ where: { id: customer }, data: { deletedAt: new Date() } });
    expect((await patch(id, { name: 'Still', customer_ids: [customer] })).status).toBe(200);
  });

  it('answers 409 for a reference that another one has', async () => {
    const [first, second] = [await given.workflow(), await given.workflow()];
    const { reference } = (await get(first)).body;
    expect(refusal(await patch(second, { reference }))).toEqual([409, 'RESOURCE_ALREADY_EXISTS', 'reference']);
  });
});

describe('what a change of an ACTIVE workflow records', () => {
  it('starts a new step now, keeps the others and enrols again', async () => {
    const id = await given.workflow({ status: 'ACTIVE' });
    const before = await row(id);
    await api.database.client.workflow.updateMany({ where: { id }, data: { enrolCursor: null, enrolledCount: 5 } });
    await patch(id, { invoice: { overdue: { periods: days(7, 30) } } });
    const after = await row(id);
    expect(after.activatedAt).toEqual(before.activatedAt);
    expect(after).toMatchObject({ enrolCursor: '', enrolledCount: 5 });
    const steps = after.stepsSince as Record<string, string>;
    expect(Object.keys(steps).sort()).toEqual(['30 DAY', '7 DAY']);
    expect(steps['7 DAY']).toBe((before.stepsSince as Record<string, string>)['7 DAY']);
    expect(new Date(steps['30 DAY']!).getTime()).toBeGreaterThan(before.activatedAt!.getTime());
  });

  it('starts customers when they come into the scope', async () => {
    const [a, b] = [await given.customer(), await given.customer()];
    const id = await given.workflow({ status: 'ACTIVE', customer_ids: [a] });
    const entered = ((await row(id)).scopeSince as Record<string, string>)[a];
    await patch(id, { customer_ids: [a, b] });
    const scope = (await row(id)).scopeSince as Record<string, string>;
    expect(scope[a]).toBe(entered);
    expect(new Date(scope[b]!) > new Date(entered!)).toBe(true);
  });

  it('leaves an enrolment alone when another thing changes', async () => {
    const id = await given.workflow({ status: 'ACTIVE' });
    await api.database.client.workflow.updateMany({ where: { id }, data: { enrolCursor: 'invo_5' } });
    await patch(id, { name: 'Dunning' });
    expect((await row(id)).enrolCursor).toBe('invo_5');
  });

  it('starts everything anew when it is activated again', async () => {
    const id = await given.workflow({ status: 'ACTIVE' });
    const first = (await row(id)).activatedAt!;
    await post(id, 'deactivate');
    expect((await row(id)).enrolCursor).toBeNull();
    await post(id, 'activate');
    const again = await row(id);
    expect(again.activatedAt!.getTime()).toBeGreaterThan(first.getTime());
    expect(again.stepsSince).toEqual({
      '7 DAY': again.activatedAt!.toISOString(),
      '15 DAY': again.activatedAt!.toISOString(),
    });
  });

  it('waits for records in flight, so that each sees the workflow either before or after', async () => {
    const id = await given.workflow();
    let answered = false;
    let pending: Promise<unknown> | undefined;
    await api.database.transaction(async (tx) => {
      await shareLock(tx, api.platformId);
      pending = post(id, 'activate').then(() => (answered = true));
      await until(somebodyWaits);
      expect(answered).toBe(false);
      expect(
        (await tx.workflow.findUniqueOrThrow({ where: { platformId_id: { platformId: api.platformId, id } } })).status,
      ).toBe('INACTIVE');
    });
    await pending;
    expect(answered).toBe(true);
  });

  it('holds no other platform up', async () => {
    const id = await given.workflow();
    const other = await api.platform();
    await api.database.transaction(async (tx) => {
      await exclusiveLock(tx, other.platformId);
      expect((await post(id, 'activate')).status).toBe(200);
    });
  });
});

/** Whether somebody waits for an advisory lock in this database. */
async function somebodyWaits(): Promise<boolean> {
  const waiting = await api.database.client.$queryRaw<unknown[]>`
    SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
       AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
  return waiting.length > 0;
}
