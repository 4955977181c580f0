import { create, given } from './given.js';
import { type RunningApi, startApi, STARTING_MS } from './start-api.js';

describe('/v1/customers', () => {
  let api: RunningApi;

  beforeAll(async () => (api = await startApi()), STARTING_MS);
  afterAll(() => api.stop());

  const post = (overrides: object = {}) => create(api, '/v1/customers', given.customer(overrides));
  const rowOf = (id: string) =>
    api.database.client.customer.findUniqueOrThrow({ where: { platformId_id: { platformId: api.platformId, id } } });

  it('answers with the customer as it was written, without what is unset', async () => {
    const body = given.customer({ locale: 'nl-NL', timezone: 'Europe/Amsterdam', parent_customer_id: null });
    const answer = await api.call('POST', '/v1/customers', body);
    const { parent_customer_id: _, ...stated } = body as Record<string, unknown>;
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({
      object_type: 'CUSTOMER',
      id: expect.stringMatching(/^cust_[A-Za-z0-9]{20}$/),
      status: 'ACTIVE',
      ...stated,
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      updated_at: answer.body.created_at,
    });
    expect(await rowOf(answer.body.id)).toMatchObject({
      email: body.email,
      locale: 'nl-NL',
      timezone: 'Europe/Amsterdam',
    });
  });

  it('is found by id and by reference, on its own platform only', async () => {
    const { id, reference } = await post();
    const other = await api.platform();
    const get = (name: string, key = api.key) =>
      api.call('GET', `/v1/customers/${name}`, undefined, { 'x-api-key': key });
    expect((await get(id)).body.id).toBe(id);
    expect((await get(reference)).body.id).toBe(id);
    expect((await get(reference.toUpperCase())).status).toBe(404);
    const foreign = await get(id, other.key);
    expect(foreign.status).toBe(404);
    expect(foreign.body).toMatchObject({ code: 'RESOURCE_NOT_FOUND', resource_type: 'CUSTOMER', resource_id: id });
  });

  it.each([
    ['an unknown time zone', { timezone: 'Mars/Base' }, 'timezone'],
    ['an offset as time zone', { timezone: 'UTC+2' }, 'timezone'],
    ['an address with a line break', { email: 'a@b.example\r\nBcc: all@b.example' }, 'email'],
    ['an address without a domain', { email: 'somebody' }, 'email'],
    ['an empty reference', { reference: '' }, 'reference'],
    ['a reference with spaces', { reference: 'a b' }, 'reference'],
    ['a reference that looks like an id', { reference: 'cust_wwDv860tLDrVV8BteA1p' }, 'reference'],
    ['a reference of more than 256 characters', { reference: 'x'.repeat(257) }, 'reference'],
    [
      'an unknown country',
      { organization: { registered_address: { country: 'ZZ' } } },
      'organization.registered_address.country',
    ],
    ['null where it cannot be', { email: null }, 'email'],
    ['an unknown status', { status: 'GONE' }, 'status'],
  ])('refuses %s', async (_what, overrides, field) => {
    const answer = await api.call('POST', '/v1/customers', given.customer(overrides));
    expect(answer.body).toMatchObject({ code: 'INVALID_FIELD', field });
    expect(answer.status).toBe(400);
  });

  it('refuses a reference that another customer has, also when both come at once', async () => {
    const body = given.customer();
    const answers = await Promise.all([1, 2, 3, 4].map(() => api.call('POST', '/v1/customers', body)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
    expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({
      code: 'RESOURCE_ALREADY_EXISTS',
      field: 'reference',
      resource_type: 'CUSTOMER',
    });
  });

  describe('PATCH', () => {
    const patch = (id: string, body: object) => api.call('PATCH', `/v1/customers/${id}`, body);

    it('leaves what is absent, clears what is null, merges objects and replaces lists', async () => {
      const { id } = await post({
        locale: 'nl-NL',
        roles: ['DEFAULT', 'SELLER'],
        organization: { legal_name: 'Old', tax_id: 'NL1', registered_address: { city: 'Utrecht', line1: 'A' } },
      });
      const { body } = await patch(id, {
        locale: null,
        roles: ['SELLER'],
        organization: { legal_name: 'New', registered_address: { line1: null, country: 'NL' } },
      });
      expect(body.locale).toBeUndefined();
      expect(body.roles).toEqual(['SELLER']);
      expect(body.organization).toEqual({
        legal_name: 'New',
        tax_id: 'NL1',
        registered_address: { city: 'Utrecht', country: 'NL' },
      });
    });

    it('finds the customer by reference too', async () => {
      const { id, reference } = await post();
      expect((await patch(reference, { locale: 'de-DE' })).body).toMatchObject({ id, locale: 'de-DE' });
    });

    it('raises the revision for a change and not for the same again', async () => {
      const { id } = await post();
      await patch(id, { email: 'new@customer.example' });
      const changed = await rowOf(id);
      await patch(id, { email: 'new@customer.example', id: 'other', created_at: 'x', object_type: 'X' });
      expect(changed).toMatchObject({ revision: 2n, email: 'new@customer.example' });
      expect(await rowOf(id)).toEqual(changed);
    });

    it('loses no change of two that come at once', async () => {
      const { id } = await post();
      await Promise.all([
        patch(id, { locale: 'de-DE' }),
        patch(id, { timezone: 'Europe/Berlin' }),
        patch(id, { organization: { tax_id: 'DE1' } }),
      ]);
      const { body } = await api.call('GET', `/v1/customers/${id}`);
      expect(body).toMatchObject({ locale: 'de-DE', timezone: 'Europe/Berlin', organization: { tax_id: 'DE1' } });
    });

    it('takes a reference of its own and none of another', async () => {
      const [one, two] = [await post(), await post()];
      expect((await patch(one.id, { reference: one.reference })).status).toBe(200);
      const answer = await patch(one.id, { reference: two.reference });
      expect(answer.status).toBe(409);
      expect(answer.body).toMatchObject({ code: 'RESOURCE_ALREADY_EXISTS', field: 'reference' });
    });

    it.each([
      ['ARCHIVED', 'ACTIVE'],
      ['ACTIVE', 'DRAFT'],
    ])('refuses the way from %s to %s', async (from, to) => {
      const { id } = await post({ status: from });
      const answer = await patch(id, { status: to });
      expect(answer.status).toBe(400);
      expect(answer.body).toMatchObject({ code: 'INVALID_OPERATION', field: 'status' });
    });

    it('answers 404 for nobody', async () => {
      expect((await patch('nobody', {})).body).toMatchObject({ code: 'RESOURCE_NOT_FOUND', resource_type: 'CUSTOMER' });
    });
  });

  describe('PUT', () => {
    const put = (body: object, query = '') => api.call('PUT', `/v1/customers${query}`, body);

    it('makes a customer, then writes the same one again', async () => {
      const body = given.customer({ locale: 'nl-NL' });
      const made = await put(body);
      const { locale: _, ...rest } = body as Record<string, unknown>;
      const again = await put({ ...rest, timezone: 'Europe/Paris' });
      expect([made.status, again.status]).toEqual([201, 201]);
      expect(again.body).toMatchObject({ id: made.body.id, locale: 'nl-NL', timezone: 'Europe/Paris' });
    });

    it('makes one customer, however many write it at once', async () => {
      const body = given.customer();
      const answers = await Promise.all([1, 2, 3, 4, 5].map(() => put(body)));
      expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1);
      expect((await rowOf(answers[0]!.body.id)).revision).toBe(1n);
    });

    it('finds by the id that the body brings, and lets a new customer keep it', async () => {
      const id = 'imported-17';
      expect((await put(given.customer({ id, reference: 'imported' }))).body.id).toBe(id);
      expect((await put(given.customer({ id, reference: 'renamed' }))).body).toMatchObject({
        id,
        reference: 'renamed',
      });
    });

    it('has each platform keep the same imported id for itself', async () => {
      const other = await api.platform();
      const body = given.customer({ id: 'imported-18' });
      const answers = await Promise.all(
        [api.key, other.key].map((key) => api.call('PUT', '/v1/customers', body, { 'x-api-key': key })),
      );
      expect(answers.map((answer) => [answer.status, answer.body.id])).toEqual([
        [201, 'imported-18'],
        [201, 'imported-18'],
      ]);
    });

    it('goes by the field that identifier_field names, and refuses an unknown one', async () => {
      const { id, reference } = await post();
      const byReference = await put(given.customer({ id: 'other', reference }), '?identifier_field=reference');
      expect(byReference.body.id).toBe(id);
      const byId = await put(given.customer({ id: 'nobody' }), '?identifier_field=id');
      expect(byId.body).toMatchObject({ code: 'RESOURCE_NOT_FOUND', field: 'id' });
      expect((await put(given.customer(), '?identifier_field=id')).body).toMatchObject({
        code: 'MISSING_FIELD',
        field: 'id',
      });
      const unknown = await put(given.customer(), '?identifier_field=email');
      expect(unknown.status).toBe(400);
      expect(unknown.body).toMatchObject({ code: 'INVALID_FIELD', field: 'identifier_field' });
    });
  });
});
