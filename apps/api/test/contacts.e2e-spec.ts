import { create, given } from './given.js';
import { type RunningApi, startApi, STARTING_MS } from './start-api.js';

describe('/v1/contacts', () => {
  let api: RunningApi;

  beforeAll(async () => (api = await startApi()), STARTING_MS);
  afterAll(() => api.stop());

  const customer = () => create(api, '/v1/customers', given.customer());
  const contact = (customerId: string, overrides: object = {}) =>
    create(api, '/v1/contacts', given.contact(customerId, overrides));
  const revisionOf = async (id: string) => {
    const where = { platformId_id: { platformId: api.platformId, id } };
    return (await api.database.client.customer.findUniqueOrThrow({ where })).revision;
  };

  it('is made, read, changed, listed by customer and deleted', async () => {
    const { id: customerId } = await customer();
    const made = await contact(customerId, { email: 'first@customer.example' });
    expect(made).toMatchObject({ object_type: 'CONTACT', customer_id: customerId, email: 'first@customer.example' });
    const path = `/v1/contacts/${made.id}`;
    expect((await api.call('GET', path)).body).toEqual(made);
    expect((await api.call('PATCH', path, { email: 'second@customer.example' })).body.email).toBe(
      'second@customer.example',
    );
    const list = await api.call('GET', `/v1/contacts?customer_id=${customerId}`);
    expect(list.body.data.map((one: { id: string }) => one.id)).toEqual([made.id]);
    const deleted = await api.call('DELETE', path);
    expect(deleted.status).toBe(200);
    expect(deleted.body).toMatchObject({ id: made.id, email: 'second@customer.example' });
    expect((await api.call('GET', path)).status).toBe(404);
    expect((await api.call('DELETE', path)).status).toBe(404);
    expect((await api.call('GET', `/v1/contacts?customer_id=${customerId}`)).body.data).toEqual([]);
  });

  it('names a customer of the same platform', async () => {
    const other = await api.platform();
    const { id: customerId } = await customer();
    const answers = await Promise.all([
      api.call('POST', '/v1/contacts', given.contact('cust_00000000000000000000')),
      api.call('POST', '/v1/contacts', given.contact(customerId), { 'x-api-key': other.key }),
    ]);
    for (const { status, body } of answers) {
      expect(status).toBe(400);
      expect(body).toMatchObject({ code: 'RESOURCE_NOT_FOUND', field: 'customer_id', resource_type: 'CUSTOMER' });
    }
  });

  it('has a reference of its own until it is deleted', async () => {
    const { id: customerId } = await customer();
    const body = given.contact(customerId);
    const made = await create(api, '/v1/contacts', body);
    expect((await api.call('POST', '/v1/contacts', body)).status).toBe(409);
    await api.call('DELETE', `/v1/contacts/${made.id}`);
    expect((await api.call('POST', '/v1/contacts', body)).status).toBe(201);
  });

  it('raises the revision of its customer with every change, and not with the same again', async () => {
    const { id: customerId } = await customer();
    const revisions = [await revisionOf(customerId)];
    const after = async (action: Promise<unknown>) => {
      await action;
      revisions.push(await revisionOf(customerId));
    };
    const { id, reference } = await contact(customerId);
    await after(Promise.resolve());
    await after(api.call('PATCH', `/v1/contacts/${id}`, { email: 'new@customer.example' }));
    await after(api.call('PATCH', `/v1/contacts/${id}`, { email: 'new@customer.example' }));
    await after(
      api.call('PUT', '/v1/contacts', { reference, customer_id: customerId, email: 'newer@customer.example' }),
    );
    await after(api.call('DELETE', `/v1/contacts/${id}`));
    expect(revisions).toEqual([1n, 2n, 3n, 3n, 4n, 5n]);
  });

  it('raises the revisions of both customers when it moves, whichever way others move meanwhile', async () => {
    const [a, b] = [(await customer()).id, (await customer()).id];
    const [one, two] = [await contact(a), await contact(b)];
    const answers = await Promise.all([
      api.call('PATCH', `/v1/contacts/${one.id}`, { customer_id: b }),
      api.call('PATCH', `/v1/contacts/${two.id}`, { customer_id: a }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect([await revisionOf(a), await revisionOf(b)]).toEqual([4n, 4n]);
  });
});
