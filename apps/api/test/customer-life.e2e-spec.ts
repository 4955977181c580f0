import { newId } from '#kernel/ids';
import { builtInRoleId } from '../src/access/built-in-roles.js';
import { create, given } from './given.js';
import { GivenWorkflows } from './given-workflows.js';
import { type RunningApi, startApi, STARTING_MS } from './start-api.js';

describe('the life of a customer', () => {
  let api: RunningApi;
  let workflows: GivenWorkflows;

  beforeAll(async () => {
    api = await startApi();
    workflows = new GivenWorkflows(api);
  }, STARTING_MS);
  afterAll(() => api.stop());

  const customer = (overrides: object = {}) => create(api, '/v1/customers', given.customer(overrides));
  const verb = (id: string, name: string) => api.call('POST', `/v1/customers/${id}/${name}`);

  describe('status (e.70)', () => {
    it('follows the verbs, by id and by reference', async () => {
      const { id, reference } = await customer({ status: 'DRAFT' });
      expect((await verb(id, 'activate')).body.status).toBe('ACTIVE');
      expect((await verb(reference, 'deprecate')).body.status).toBe('DEPRECATED');
      expect((await verb(id, 'archive')).body.status).toBe('ARCHIVED');
      expect((await api.call('GET', `/v1/customers/${id}`)).body.status).toBe('ARCHIVED');
    });

    it('stays where the verb finds it, without a revision', async () => {
      const { id } = await customer({ status: 'ARCHIVED' });
      const before = await rowOf(id);
      expect(await verb(id, 'archive')).toMatchObject({ status: 200, body: { status: 'ARCHIVED' } });
      expect(await rowOf(id)).toEqual(before);
    });

    it('does not leave ARCHIVED', async () => {
      const { id } = await customer({ status: 'ARCHIVED' });
      const refused = await verb(id, 'activate');
      expect(refused).toMatchObject({ status: 400, body: { code: 'INVALID_OPERATION', field: 'status' } });
    });

    it('answers 404 for nobody', async () => {
      expect(await verb('nobody', 'activate')).toMatchObject({ status: 404, body: { resource_type: 'CUSTOMER' } });
    });
  });

  it('is changed and deleted with the permissions for drafts only while he is one', async () => {
    const role_ids = [builtInRoleId('CUSTOMER.STATUS.DRAFT.UPDATE'), builtInRoleId('CUSTOMER.STATUS.DRAFT.DELETE')];
    const key = await create(api, '/v1/api-keys', { account_memberships: [{ type: 'USER', role_ids }] });
    const call = (method: string, id: string, path = '', body?: object) =>
      api.call(method, `/v1/customers/${id}${path}`, body, { 'x-api-key': key.api_key });
    const [draft, active] = [await customer({ status: 'DRAFT' }), await customer()];
    expect((await call('PATCH', draft.id, '', { locale: 'nl-NL' })).status).toBe(200);
    expect(await call('PATCH', active.id, '', { locale: 'nl-NL' })).toMatchObject({
      status: 403,
      body: { code: 'USER_NOT_ALLOWED' },
    });
    expect((await call('DELETE', active.id)).status).toBe(403);
    expect((await call('POST', active.id, '/archive')).status).toBe(403);
    expect((await call('DELETE', draft.id)).status).toBe(200);
  });

  describe('DELETE (e.71)', () => {
    const remove = (id: string) => api.call('DELETE', `/v1/customers/${id}`);

    it('removes a customer to whom nothing refers, answers him, and frees his reference', async () => {
      const made = await customer();
      expect(await remove(made.reference)).toMatchObject({ status: 200, body: { id: made.id } });
      expect((await api.call('GET', `/v1/customers/${made.id}`)).status).toBe(404);
      expect((await remove(made.id)).status).toBe(404);
      await customer({ reference: made.reference });
    });

    it.each<[string, (id: string) => Promise<unknown>]>([
      ['an invoice', (id) => workflows.invoice({ customerId: id })],
      ['a payment', (id) => workflows.payment({ customerId: id })],
      ['a contact', (id) => create(api, '/v1/contacts', given.contact(id))],
      ['a payment acceptor', (id) => create(api, '/v1/payment-acceptors', given.paymentAcceptor({ customer_id: id }))],
      ['a workflow', (id) => workflows.workflow({ customer_ids: [id] })],
    ])('is refused while %s refers to him', async (noun, refer) => {
      const { id } = await customer();
      await refer(id);
      const refused = await remove(id);
      expect(refused.status).toBe(400);
      expect(refused.body).toMatchObject({
        code: 'INVALID_OPERATION',
        message: expect.stringContaining(noun.replace(/^an? /, '')),
      });
    });
  });

  describe('forget (e.60)', () => {
    /** Everything of every table as text: what is left of a word. */
    const occurrences = async (word: string): Promise<string[]> => {
      const tables = await api.database.client.$queryRaw<{ name: string }[]>`
        SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`;
      const found: string[] = [];
      for (const { name } of tables) {
        const rows = await api.database.client.$queryRawUnsafe<unknown[]>(
          `SELECT 1 FROM "${name}" AS t WHERE t::text ILIKE '%' || $1 || '%' LIMIT 1`,
          word,
        );
        if (rows.length > 0) found.push(name);
      }
      return found;
    };

    const mailed = async (customerId: string, invoiceId: string) => {
      const executionId = await workflows.execution({
        customerId,
        invoiceId,
        state: 'SUCCEEDED',
        preparation: 1,
        subject: 'Quokka, your invoice',
        recipients: { to: [{ email: 'quokka@customer.example' }] },
        mimeSha256: 'f00d',
      });
      const key = { platformId: api.platformId, executionId, preparation: 1 };
      await api.database.client.executionPart.create({
        data: { ...key, part: 'text', content: 'Dear Quokka', sha256: 'f00d' },
      });
      await api.database.client.deliveryAttempt.create({
        data: { ...key, token: 1n, outcome: 'SUCCEEDED', message: '250 <quokka@customer.example> ok' },
      });
      return executionId;
    };

    const known = async () => {
      const quokka = given.customer({
        email: 'quokka@customer.example',
        organization: { legal_name: 'Quokka B.V.', registered_address: { line1: 'Quokka street 1' } },
      });
      const { id } = await create(api, '/v1/customers', quokka);
      await create(api, '/v1/contacts', given.contact(id, { email: 'ada@quokka.example' }));
      const invoice = await api.call('POST', '/v1/invoices', {
        type: 'ONE_OFF',
        status: 'FINAL',
        customer_id: id,
        notes: ['Quokka asked for this'],
        invoice_amount_including_tax: { quantity: '121.00', currency: 'EUR' },
      });
      expect(invoice.status).toBe(200);
      const payment = await api.call('POST', '/v1/payments', {
        external_reference: newId('payment'),
        invoice_id: invoice.body.id,
        customer_id: id,
        result: 'REFUSED',
        amount: { quantity: '121.00', currency: 'EUR' },
        result_details: { reason: 'Quokka has no money' },
        payment_method_details: { card: { brand: 'visa', last_four_digits: '4242', holder: 'Quokka' } },
      });
      expect(payment.status).toBe(200);
      const document = { platformId: api.platformId, invoiceId: invoice.body.id, documentRevision: 1, pages: 1 };
      await api.database.client.invoiceDocument.create({
        data: { ...document, sha256: 'cafe', bytes: Buffer.from('Quokka') },
      });
      return { id, invoiceId: invoice.body.id as string, executionId: await mailed(id, invoice.body.id) };
    };

    it('erases names, addresses, mails and documents everywhere, and keeps counts, amounts and hashes', async () => {
      const { id, invoiceId, executionId } = await known();
      expect(await occurrences('quokka')).not.toEqual([]);
      const forgotten = await verb(id, 'forget');
      expect(forgotten.status).toBe(200);
      expect(forgotten.body).toMatchObject({ id, status: 'ARCHIVED', forgotten_at: expect.any(String) });
      expect(await occurrences('quokka')).toEqual([]);
      const invoice = (await api.call('GET', `/v1/invoices/${invoiceId}`)).body;
      expect(invoice).toMatchObject({ customer: { id }, invoice_amount_including_tax: { quantity: '121.00' } });
      const printed = await api.call('GET', `/v1/invoices/${invoiceId}/pdf`);
      expect(printed.status).toBe(200);
      const execution = await api.call('GET', `/v1/workflow-action-executions/${executionId}`);
      expect(execution.body).toMatchObject({ status: 'SUCCEEDED', customer_id: id });
      const where = { invoiceId, documentRevision: 1 };
      const pdf = await api.database.client.invoiceDocument.findFirst({ where });
      expect(pdf).toMatchObject({ sha256: 'cafe' });
      expect(pdf!.bytes).toHaveLength(0);
      // The first document of a process starts a thread, which compiles what it runs when it runs from the sources.
    }, 60_000);

    it('ends what was still to be sent to him', async () => {
      const { id } = await customer();
      const executionId = await workflows.execution({ customerId: id, nextAttemptAt: new Date() });
      await verb(id, 'forget');
      const { body } = await api.call('GET', `/v1/workflow-action-executions/${executionId}`);
      expect(body).toMatchObject({ status: 'CANCELLED', reason: 'CUSTOMER_FORGOTTEN' });
    });

    it('is refused while a mail to him is leaving', async () => {
      const { id } = await customer();
      await workflows.execution({ customerId: id, state: 'COMMITTING' });
      expect(await verb(id, 'forget')).toMatchObject({ status: 400, body: { code: 'INVALID_OPERATION' } });
      expect((await rowOf(id)).email).toBe('ap@customer.example');
    });

    it('is final: the same again is no change, and nothing personal comes back', async () => {
      const { id, reference } = await customer();
      const first = await verb(id, 'forget');
      expect((await verb(id, 'forget')).body).toEqual(first.body);
      const again = given.customer({ reference });
      expect((await api.call('PUT', '/v1/customers', again)).body).toMatchObject({ code: 'INVALID_OPERATION' });
      expect((await api.call('PATCH', `/v1/customers/${id}`, { email: 'a@b.example' })).status).toBe(400);
      const document = { type: 'STANDARD', customer: { ...again, id } };
      expect((await api.call('PUT', '/v1/invoices', document)).status).toBe(400);
    });
  });

  const rowOf = (id: string) =>
    api.database.client.customer.findUniqueOrThrow({ where: { platformId_id: { platformId: api.platformId, id } } });
});
