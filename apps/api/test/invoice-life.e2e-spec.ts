import { randomAlphanumerics } from '#kernel/ids';
import { create, given } from './given.js';
import { GivenWorkflows } from './given-workflows.js';
import { type RunningApi, startApi, STARTING_MS } from './start-api.js';

describe('the life of an invoice', () => {
  let api: RunningApi;
  let customerId: string;

  beforeAll(async () => {
    api = await startApi();
    customerId = (await create(api, '/v1/customers', given.customer())).id;
  }, STARTING_MS);
  afterAll(() => api.stop());

  const eur = (quantity: string) => ({ quantity, currency: 'EUR' });
  const invoice = async (overrides: object = {}) => {
    const body = {
      type: 'ONE_OFF',
      customer_id: customerId,
      invoice_amount_including_tax: eur('121.00'),
      ...overrides,
    };
    const answer = await api.call('POST', '/v1/invoices', body);
    if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
    return answer.body;
  };
  const get = async (id: string) => (await api.call('GET', `/v1/invoices/${id}`)).body;
  const patch = (id: string, body: object) => api.call('PATCH', `/v1/invoices/${id}`, body);
  const verb = (id: string, name: string, body?: object) => api.call('POST', `/v1/invoices/${id}/${name}`, body);

  it('goes from OPEN over DRAFT to FINAL, with a number and an instant, and is archived (d.3, e.67)', async () => {
    const { id, invoice_number } = await invoice({ status: 'OPEN', on_hold: true });
    expect(invoice_number).toBeUndefined();
    expect((await patch(id, { status: 'DRAFT', on_hold: false })).body).toMatchObject({
      status: 'DRAFT',
      on_hold: false,
    });
    expect((await patch(id, { status: 'FINAL' })).body).toMatchObject({
      status: 'FINAL',
      invoice_number: expect.any(String),
      updated_to_final_at: expect.any(String),
    });
    expect(await verb(id, 'archive')).toMatchObject({ status: 200, body: { status: 'ARCHIVED' } });
    expect(await verb(id, 'archive')).toMatchObject({ status: 200 });
    expect((await patch(id, { status: 'FINAL' })).body).toMatchObject({ code: 'INVALID_OPERATION', field: 'status' });
  });

  it('keeps amounts that are stated, and computes the others (e.66)', async () => {
    const prepaid = await invoice({ open_invoice_amount: eur('20.00') });
    expect(prepaid).toMatchObject({
      open_invoice_amount: eur('20.00'),
      paid_invoice_amount: eur('101.00'),
      payment_status: 'PARTIALLY_PAID',
    });
  });

  it('is judged as a whole after a PATCH of a part (e.4)', async () => {
    const { id } = await invoice();
    const changed = await patch(id, { invoice_amount_including_tax: { quantity: '99.00' } });
    expect(changed.body.invoice_amount_including_tax).toEqual(eur('99.00'));
    const lacking = await patch(id, { closed_invoice_amount: { quantity: '1.00' }, paid_invoice_amount: null });
    expect(lacking.status).toBe(200);
    const refused = await patch((await invoice({ invoice_amount_including_tax: undefined })).id, {
      invoice_amount_including_tax: { quantity: '1.00' },
    });
    expect(refused).toMatchObject({ status: 400, body: { field: 'invoice_amount_including_tax.currency' } });
  });

  describe('credits (e.61, e.66)', () => {
    it('close what they credit by their size, whichever sign they have, and open it again when they are voided', async () => {
      const original = await invoice({ status: 'FINAL' });
      const credit = await invoice({
        type: 'CREDIT',
        credit: { original_invoice_id: original.id },
        invoice_amount_including_tax: eur('-21.00'),
      });
      expect(await get(original.id)).toMatchObject({ open_invoice_amount: eur('121.00') });
      await patch(credit.id, { status: 'FINAL' });
      const closed = { open_invoice_amount: eur('100.00'), closed_invoice_amount: eur('21.00') };
      expect(await get(original.id)).toMatchObject({ ...closed, payment_status: 'UNPAID' });
      await patch(credit.id, { footnote: null });
      expect(await get(original.id)).toMatchObject(closed);
      await patch(credit.id, { status: 'VOID' });
      expect(await get(original.id)).toMatchObject({ open_invoice_amount: eur('121.00') });
    });

    it('settle a one-off invoice whole', async () => {
      const original = await invoice({ status: 'FINAL' });
      await invoice({ type: 'ONE_OFF_CREDIT', status: 'FINAL', linked_invoices_ids: [original.id] });
      expect(await get(original.id)).toMatchObject({ open_invoice_amount: eur('0.00'), payment_status: 'PAID' });
    });

    it('are refused in another currency', async () => {
      const original = await invoice({ status: 'FINAL' });
      const answer = await api.call('POST', '/v1/invoices', {
        type: 'CREDIT',
        status: 'FINAL',
        customer_id: customerId,
        credit: { original_invoice_id: original.id },
        invoice_amount_including_tax: { quantity: '5.00', currency: 'USD' },
      });
      expect(answer).toMatchObject({ status: 400, body: { field: 'billing_currency' } });
    });
  });

  it('is searched by number and filtered by what a list is', async () => {
    const number = `S-${randomAlphanumerics(8)}`;
    const { id } = await invoice({ invoice_number: number, on_hold: true, periods: [] });
    const search = { search_fields: [{ name: 'invoice_number', value: number.slice(0, -1), wildcard_end: true }] };
    const found = await api.call('POST', '/v1/invoices/search', search);
    expect(found.body.data).toMatchObject([{ id }]);
    expect(found.body.data[0]).not.toHaveProperty('periods');
    const listed = await api.call(
      'GET',
      `/v1/invoices?customer_id=${customerId}&on_hold=true&statuses[]=DRAFT&paid=false`,
    );
    expect(listed.body.data).toMatchObject([{ id }]);
  });

  it('is listed by any of its subscriptions', async () => {
    const { id } = await invoice({ pricing_plan_subscription_ids: ['ppsu_a', 'ppsu_b'] });
    const { body } = await api.call('GET', '/v1/invoices?pricing_plan_subscription_id=ppsu_b');
    expect(body.data).toMatchObject([{ id }]);
  });

  it('tells its payments, and 404 when it is not there', async () => {
    const [one, another] = [await invoice({ status: 'FINAL' }), await invoice({ status: 'FINAL' })];
    const pay = (invoice_id: string) =>
      api.call('POST', '/v1/payments', {
        external_reference: randomAlphanumerics(8),
        result: 'AUTHORIZED',
        invoice_id,
        amount: eur('1.00'),
      });
    const { body: payment } = await pay(one.id);
    await pay(another.id);
    const { status, body } = await api.call('GET', `/v1/invoices/${one.id}/payments`);
    expect(status).toBe(200);
    expect(body.data.map(({ id }: { id: string }) => id)).toEqual([payment.id]);
    expect((await api.call('GET', '/v1/invoices/nobody/payments')).status).toBe(404);
  });

  describe('send_by_email (e.51)', () => {
    it('is refused while no ACTIVE workflow sends final invoices, and for what is not FINAL', async () => {
      const final = await invoice({ status: 'FINAL' });
      expect(await verb(final.id, 'send_by_email', {})).toMatchObject({ status: 400 });
      expect((await verb('nobody', 'send_by_email', {})).status).toBe(404);
    });

    it('runs the one workflow that matches, by hand', async () => {
      const workflows = new GivenWorkflows(api);
      const id = await workflows.workflow({ status: 'ACTIVE', invoice: { variant: 'TO_FINAL' } });
      const final = await invoice({ status: 'FINAL', customer_id: customerId });
      const sent = await verb(final.id, 'send_by_email', {});
      expect(sent).toMatchObject({ status: 200, body: { id: final.id, object_type: 'INVOICE' } });
      const { body } = await api.call('GET', `/v1/workflow-triggers?workflow_id=${id}&type=MANUAL`);
      expect(body.data).toMatchObject([{ invoice: { invoice_id: final.id, manual: { variant: 'TO_FINAL' } } }]);
      const draft = await invoice();
      expect(await verb(draft.id, 'send_by_email', {})).toMatchObject({
        status: 400,
        body: { code: 'INVALID_OPERATION' },
      });
    });
  });
});
