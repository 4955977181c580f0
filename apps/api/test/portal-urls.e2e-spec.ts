import { create, given } from './given.js';
import { type RunningApi, startApi, STARTING_MS } from './start-api.js';

describe('/v1/portal-urls', () => {
  let api: RunningApi;
  let customerId: string;
  let invoiceId: string;

  beforeAll(async () => {
    api = await startApi({ PUBLIC_URL: 'https://billing.example.com' });
    customerId = (await create(api, '/v1/customers', given.customer())).id;
    const invoice = await api.call('POST', '/v1/invoices', {
      type: 'ONE_OFF',
      status: 'FINAL',
      customer_id: customerId,
      invoice_amount_including_tax: { quantity: '10.00', currency: 'EUR' },
    });
    invoiceId = invoice.body.id;
  }, STARTING_MS);
  afterAll(() => api.stop());

  const path = '/v1/portal-urls';
  const body = (overrides: object = {}) => ({ type: 'PAY_INVOICE', invoice: { id: invoiceId }, ...overrides });
  const made = (overrides: object = {}) => create(api, path, body(overrides));
  const page = (url: string) => fetch(url.replace('https://billing.example.com', api.url));

  it('opens the page of its invoice, and stops when it is revoked', async () => {
    const link = await made();
    expect(link).toMatchObject({
      object_type: 'PORTAL_URL',
      status: 'PUBLISHED',
      customer_id: customerId,
      invoice: { id: invoiceId },
      url: `https://billing.example.com/pay/${link.token}`,
    });
    expect((await page(link.url)).status).toBe(200);
    const revoked = await api.call('POST', `${path}/${link.id}/revoke`);
    expect(revoked).toMatchObject({ status: 200, body: { id: link.id, status: 'REVOKED' } });
    expect((await api.call('POST', `${path}/${link.id}/revoke`)).body).toEqual(revoked.body);
    expect((await page(link.url)).status).toBe(410);
    expect((await api.call('PATCH', `${path}/${link.id}`, { status: 'PUBLISHED' })).status).toBe(400);
  });

  it('has a token that is its alias and its id (e.65)', async () => {
    const { id, token } = await made();
    expect(Buffer.from(token, 'base64').toString()).toMatch(new RegExp(`^[A-Za-z0-9]+\\.${id}$`));
  });

  it('expires after the period that was stated, or when it says', async () => {
    const inAWeek = await made({ expiry_period: { type: 'WEEK', value: 1 } });
    const days = (Date.parse(inAWeek.expires_at) - Date.now()) / 86_400_000;
    expect(Math.round(days)).toBe(7);
    const over = await made({ expires_at: '2020-01-01T00:00:00Z' });
    expect(over.status).toBe('EXPIRED');
    expect((await page(over.url)).status).toBe(410);
    const extended = await api.call('PATCH', `${path}/${over.id}`, { expires_at: null });
    expect(extended.body.status).toBe('PUBLISHED');
    expect((await page(over.url)).status).toBe(200);
  });

  it('keeps its options, and neither its type nor whom it is for changes', async () => {
    const { id } = await made({ type: 'INVOICE' });
    const patched = await api.call('PATCH', `${path}/${id}`, { invoice: { options: { pay_open_invoice: false } } });
    expect(patched.body.invoice).toEqual({ id: invoiceId, options: { pay_open_invoice: false } });
    for (const [field, patch] of [
      ['type', { type: 'PAY_INVOICE' }],
      ['customer_id', { customer_id: 'cust_0' }],
      ['invoice.id', { invoice: { id: 'invo_0' } }],
    ] as const) {
      expect(await api.call('PATCH', `${path}/${id}`, patch)).toMatchObject({ status: 400, body: { field } });
    }
  });

  it('is listed by customer, type, status and whether it has expired', async () => {
    const { id } = await create(api, '/v1/customers', given.customer());
    const customer = await create(api, path, {
      type: 'CUSTOMER',
      customer_id: id,
      customer: { display: { usage: true } },
    });
    const over = await create(api, path, { type: 'CUSTOMER', customer_id: id, expires_at: '2020-01-01T00:00:00Z' });
    const list = async (query: string) =>
      (await api.call('GET', `${path}?customer_id=${id}&${query}`)).body.data.map((link: { id: string }) => link.id);
    expect(await list('type=CUSTOMER')).toEqual([over.id, customer.id]);
    expect(await list('expired=true')).toEqual([over.id]);
    expect(await list('status=EXPIRED')).toEqual([over.id]);
    expect(await list('status=PUBLISHED&expired=false')).toEqual([customer.id]);
    expect((await api.call('GET', `${path}?status=GONE`)).status).toBe(400);
  });

  it('shows a customer what he has still to pay, and his own invoices alone', async () => {
    const link = await create(api, path, { type: 'CUSTOMER', customer_id: customerId });
    const overview = await page(link.url);
    expect(overview.status).toBe(200);
    const own = `/pay/${link.token}/${invoiceId}`;
    const text = await overview.text();
    expect(text).toContain(`href="${own}"`);
    expect(text).toContain('€10.00');
    expect((await fetch(`${api.url}${own}`)).status).toBe(200);
    const { id } = await create(api, '/v1/customers', given.customer());
    const foreign = await create(api, path, { type: 'CUSTOMER', customer_id: id });
    expect((await fetch(`${api.url}/pay/${foreign.token}/${invoiceId}`)).status).toBe(404);
    const single = await made();
    expect((await fetch(`${api.url}/pay/${single.token}/${invoiceId}`)).status).toBe(404);
  });

  it('offers no way to pay when its maker has switched that off', async () => {
    const { id } = await create(api, '/v1/payment-acceptors', given.paymentAcceptor());
    await api.call('PATCH', `/v1/invoices/${invoiceId}`, { payment_acceptor_ids: [id] });
    const reading = await made({ type: 'INVOICE', invoice: { id: invoiceId, options: { pay_open_invoice: false } } });
    expect(await (await page(reading.url)).text()).not.toContain('NL91');
    expect(await (await page((await made()).url)).text()).toContain('NL91');
  });

  it('has the derived links of mails among them, which can be revoked like the others', async () => {
    const id = 'purl_00000000000000000001';
    const derived = { platformId: api.platformId, id, type: 'PAY_INVOICE', customerId, invoiceId };
    await api.database.client.portalUrl.create({ data: derived });
    const { body: link } = await api.call('GET', `${path}/${id}`);
    expect(link).toMatchObject({ type: 'PAY_INVOICE', customer_id: customerId, invoice: { id: invoiceId } });
    await api.call('POST', `${path}/${id}/revoke`);
    expect((await api.call('GET', `${path}/${id}`)).body).toMatchObject({
      status: 'REVOKED',
      invoice: { id: invoiceId },
    });
  });

  it.each<[string, object, string, string]>([
    ['no type', { type: null }, 'MISSING_FIELD', 'type'],
    ['a type without a page', { type: 'QUOTE_VERSION', invoice: undefined }, 'INVALID_OPERATION', 'type'],
    ['a block of another type', { customer: {} }, 'INVALID_FIELD', 'customer'],
    ['no invoice', { invoice: undefined }, 'MISSING_FIELD', 'invoice.id'],
    ['an invoice that is not there', { invoice: { id: 'invo_0' } }, 'RESOURCE_NOT_FOUND', 'invoice.id'],
    ['another customer than the invoice has', { customer_id: 'cust_0' }, 'INVALID_FIELD', 'customer_id'],
    ['a status that only time gives', { status: 'EXPIRED' }, 'INVALID_FIELD', 'status'],
    ['a period without a value', { expiry_period: { type: 'DAY' } }, 'MISSING_FIELD', 'expiry_period.value'],
  ])('refuses %s', async (_what, overrides, code, field) => {
    const answer = await api.call('POST', path, body(overrides));
    expect(answer).toMatchObject({ status: 400, body: { code, field } });
  });

  it('is made, changed and revoked by no key that may only look (e.64)', async () => {
    const { id } = await made();
    const key = await api.call('POST', '/v1/api-keys', { description: 'looks', role_type: 'READ_ONLY' });
    const looking = { 'x-api-key': key.body.api_key as string };
    expect((await api.call('GET', `${path}/${id}`, undefined, looking)).status).toBe(200);
    expect((await api.call('POST', path, body(), looking)).status).toBe(403);
    expect((await api.call('PATCH', `${path}/${id}`, {}, looking)).status).toBe(403);
    expect((await api.call('POST', `${path}/${id}/revoke`, undefined, looking)).status).toBe(403);
  });
});
