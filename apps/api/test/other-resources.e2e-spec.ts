import { create, given } from './given.js';
import { type RunningApi, startApi, STARTING_MS } from './start-api.js';

describe('billing entities and payment acceptors', () => {
  let api: RunningApi;

  beforeAll(async () => (api = await startApi()), STARTING_MS);
  afterAll(() => api.stop());

  describe('/v1/billing-entities', () => {
    it('is made, found by id and reference, changed and upserted', async () => {
      const body = given.billingEntity();
      const made = await create(api, '/v1/billing-entities', body);
      expect(made).toMatchObject({ object_type: 'BILLING_ENTITY', status: 'ACTIVE', ...body });
      const byReference = await api.call('GET', `/v1/billing-entities/${made.reference}`);
      expect(byReference.body).toEqual(made);
      const patched = await api.call('PATCH', `/v1/billing-entities/${made.id}`, { legal_name: 'Renamed' });
      expect(patched.body.legal_name).toBe('Renamed');
      const put = await api.call('PUT', '/v1/billing-entities', {
        reference: made.reference,
        email: 'us@seller.example',
      });
      expect(put.body).toMatchObject({ id: made.id, legal_name: 'Renamed', email: 'us@seller.example' });
      expect((await api.call('POST', '/v1/billing-entities', body)).status).toBe(409);
    });

    it('is listed whole', async () => {
      const { body } = await api.call('GET', '/v1/billing-entities');
      expect(body.data).not.toHaveLength(0);
      expect(body.links.next).toBeNull();
    });

    it('needs a reference', async () => {
      const answer = await api.call('POST', '/v1/billing-entities', { legal_name: 'Nameless' });
      expect(answer.body).toMatchObject({ code: 'MISSING_FIELD', field: 'reference' });
    });
  });

  describe('/v1/payment-acceptors', () => {
    it('is made for a billing entity and listed by it and by status', async () => {
      const { id: billing_entity_id } = await create(api, '/v1/billing-entities', given.billingEntity());
      const made = await create(api, '/v1/payment-acceptors', given.paymentAcceptor({ billing_entity_id }));
      await create(api, '/v1/payment-acceptors', given.paymentAcceptor({ billing_entity_id, status: 'DRAFT' }));
      expect(made).toMatchObject({ object_type: 'PAYMENT_ACCEPTOR', status: 'ACTIVE', billing_entity_id });
      expect((await api.call('GET', `/v1/payment-acceptors/${made.id}`)).body).toEqual(made);
      const path = `/v1/payment-acceptors?billing_entity_id=${billing_entity_id}&statuses[]=ACTIVE`;
      expect((await api.call('GET', path)).body.data).toEqual([made]);
    });

    it('is changed by what a PATCH states, at every depth', async () => {
      const { id } = await create(api, '/v1/payment-acceptors', given.paymentAcceptor({ name: 'Bank' }));
      const patch = { name: null, bank_account: { bank_name: 'ABN AMRO' } };
      const { status, body } = await api.call('PATCH', `/v1/payment-acceptors/${id}`, patch);
      expect(status).toBe(200);
      expect(body).toMatchObject({ bank_account: { iban: 'NL91ABNA0417164300', bank_name: 'ABN AMRO' } });
      expect(body).not.toHaveProperty('name');
      const refused = await api.call('PATCH', `/v1/payment-acceptors/${id}`, { customer_id: 'cust_0' });
      expect(refused).toMatchObject({ status: 400, body: { field: 'customer_id' } });
    });

    it('is deleted once no invoice that is still to be paid names it (e.71)', async () => {
      const { id } = await create(api, '/v1/payment-acceptors', given.paymentAcceptor());
      const { id: customer_id } = await create(api, '/v1/customers', given.customer());
      const invoice = await api.call('POST', '/v1/invoices', {
        type: 'ONE_OFF',
        status: 'FINAL',
        customer_id,
        payment_acceptor_ids: [id],
        invoice_amount_including_tax: { quantity: '10.00', currency: 'EUR' },
      });
      const remove = () => api.call('DELETE', `/v1/payment-acceptors/${id}`);
      expect(await remove()).toMatchObject({ status: 400, body: { code: 'INVALID_OPERATION' } });
      await api.call('PATCH', `/v1/invoices/${invoice.body.id}`, { paid: true });
      expect(await remove()).toMatchObject({ status: 200, body: { id } });
      expect((await api.call('GET', `/v1/payment-acceptors/${id}`)).status).toBe(404);
    });

    it.each([
      [
        'a billing entity that is not there',
        { billing_entity_id: 'bile_0' },
        'RESOURCE_NOT_FOUND',
        'billing_entity_id',
      ],
      ['a customer that is not there', { customer_id: 'cust_0' }, 'RESOURCE_NOT_FOUND', 'customer_id'],
      [
        'a redirect to a script',
        { custom_redirect: { url: 'javascript:alert(1)' } },
        'INVALID_FIELD',
        'custom_redirect.url',
      ],
      ['no type', { type: undefined }, 'MISSING_FIELD', 'type'],
    ])('refuses %s', async (_what, overrides, code, field) => {
      const answer = await api.call('POST', '/v1/payment-acceptors', given.paymentAcceptor(overrides));
      expect(answer.status).toBe(400);
      expect(answer.body).toMatchObject({ code, field });
    });
  });
});
