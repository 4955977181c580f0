import { newId } from '#kernel/ids';
import { TestSmtpServer } from '#testing/smtp-server';
import { create, given } from './given.js';
import { type RunningApi, startApi, STARTING_MS } from './start-api.js';

describe('/v1/integrations', () => {
  let api: RunningApi;
  let server: TestSmtpServer;

  beforeAll(async () => {
    server = await TestSmtpServer.start();
    api = await startApi({ ENCRYPTION_KEY: 'x'.repeat(32), SMTP_URL: server.url });
  }, STARTING_MS);
  afterAll(async () => {
    await api.stop();
    await server.close();
  });

  const smtp = (overrides: object = {}) => {
    const { hostname: host, port } = new URL(server.url);
    return given.integration({
      email_provider: { variant: 'SMTP', smtp: { host, port: Number(port), ...overrides } },
    });
  };
  const login = { authentication: { username_password: { username: 'robot', password: 'hunter2' } } };
  const rowOf = (id: string) =>
    api.database.client.integration.findUniqueOrThrow({ where: { platformId_id: { platformId: api.platformId, id } } });
  const activate = (id: string) => api.call('POST', `/v1/integrations/${id}/activate`);

  it('starts as a draft, and as ACTIVE where it sends through the installation itself', async () => {
    expect(await create(api, '/v1/integrations', given.integration())).toMatchObject({
      object_type: 'INTEGRATION',
      status: 'DRAFT',
    });
    expect(await create(api, '/v1/integrations', given.integration({ status: 'ACTIVE' }))).toMatchObject({
      status: 'ACTIVE',
    });
  });

  it('answers 409 to a reference that another one has', async () => {
    const body = given.integration();
    await create(api, '/v1/integrations', body);
    expect((await api.call('POST', '/v1/integrations', body)).status).toBe(409);
  });

  describe('secrets', () => {
    it('are never answered and never stored in the clear', async () => {
      const made = await create(api, '/v1/integrations', { ...smtp(), ...login });
      const answers = [
        made,
        (await api.call('GET', `/v1/integrations/${made.id}`)).body,
        (await api.call('GET', '/v1/integrations')).body,
      ];
      expect(JSON.stringify(answers)).not.toContain('hunter2');
      expect(made.authentication).toEqual({ username_password: { username: 'robot' } });
      const row = await rowOf(made.id);
      expect(JSON.stringify({ ...row, revision: 0 })).not.toContain('hunter2');
      expect(row.secrets).toEqual(expect.any(String));
    });

    it('stay when a PATCH leaves them out, and raise the revision when they change', async () => {
      const { id } = await create(api, '/v1/integrations', { ...smtp(), ...login });
      const before = await rowOf(id);
      await api.call('PATCH', `/v1/integrations/${id}`, { name: 'Renamed' });
      const renamed = await rowOf(id);
      expect(renamed.secrets).toBe(before.secrets);
      await api.call('PATCH', `/v1/integrations/${id}`, login);
      expect(await rowOf(id)).toEqual(renamed);
      await api.call('PATCH', `/v1/integrations/${id}`, {
        authentication: { username_password: { password: 'other' } },
      });
      const changed = await rowOf(id);
      expect(changed.secrets).not.toBe(before.secrets);
      expect(changed.revision).toBeGreaterThan(renamed.revision);
      expect(changed.document).toMatchObject({ authentication: { username_password: { username: 'robot' } } });
    });
  });

  describe('activate', () => {
    it('makes an integration ACTIVE whose server lets us in', async () => {
      const { id } = await create(api, '/v1/integrations', smtp());
      const answer = await activate(id);
      expect(answer.status).toBe(200);
      expect(answer.body).toMatchObject({ id, status: 'ACTIVE' });
      expect((await activate(id)).body.status).toBe('ACTIVE');
    });

    it('records what went wrong as status ERROR with a message, and forgets it when it works', async () => {
      const made = await create(api, '/v1/integrations', smtp({ port: 1 }));
      const failed = await activate(made.id);
      expect(failed.status).toBe(200);
      expect(failed.body).toMatchObject({ status: 'ERROR', message: expect.stringMatching(/\S/) });
      await api.call('PATCH', `/v1/integrations/${made.id}`, smtp());
      const activated = await activate(made.id);
      expect(activated.body.status).toBe('ACTIVE');
      expect(activated.body).not.toHaveProperty('message');
    });

    it('tests the mail server of the installation for SYSTEM', async () => {
      const { id } = await create(api, '/v1/integrations', given.integration());
      expect((await activate(id)).body.status).toBe('ACTIVE');
    });

    it('is refused for variants that this version cannot send through', async () => {
      const mailgun = given.integration({
        email_provider: { variant: 'MAILGUN', mailgun: { domain: 'mg.example.com' } },
      });
      const { id } = await create(api, '/v1/integrations', mailgun);
      const answer = await activate(id);
      expect(answer.status).toBe(400);
      expect(answer.body).toMatchObject({
        code: 'INVALID_OPERATION',
        message: expect.stringContaining('not supported by this version'),
      });
    });

    it('is refused for an archived one', async () => {
      const { id } = await create(api, '/v1/integrations', given.integration({ status: 'ARCHIVED' }));
      expect((await activate(id)).body).toMatchObject({ code: 'INVALID_OPERATION' });
    });
  });

  it.each([
    ['a mail server that was never tried', () => ({ ...smtp(), status: 'ACTIVE' }), 'INVALID_OPERATION', 'status'],
    ['another type', () => given.integration({ type: 'DATA_EXPORT' }), 'INVALID_OPERATION', 'type'],
    [
      'a block of another type',
      () => given.integration({ payment_gateway: { variant: 'STRIPE' } }),
      'INVALID_FIELD',
      'payment_gateway',
    ],
    [
      'a host with a line break',
      () => smtp({ host: 'mail\r\nexample.com' }),
      'INVALID_FIELD',
      'email_provider.smtp.host',
    ],
  ])('refuses %s', async (_what, body: () => object, code, field) => {
    const answer = await api.call('POST', '/v1/integrations', body());
    expect(answer.body).toMatchObject({ code, field });
    expect(answer.status).toBe(400);
  });

  it('merges a PATCH at every depth, and judges the merged whole (e.4)', async () => {
    const { id } = await create(api, '/v1/integrations', smtp());
    const patch = (block: object) => api.call('PATCH', `/v1/integrations/${id}`, { email_provider: block });
    const changed = await patch({ smtp: { port: 2525 }, use_localized_templates: false });
    expect(changed.status).toBe(200);
    const { hostname } = new URL(server.url);
    expect(changed.body.email_provider).toEqual({
      variant: 'SMTP',
      smtp: { host: hostname, port: 2525 },
      use_localized_templates: false,
    });
    const refused = await patch({ smtp: { host: null } });
    expect(refused).toMatchObject({ status: 400, body: { field: 'email_provider.smtp.host' } });
  });

  describe('deprecate and archive (e.70)', () => {
    it('give the status, and ARCHIVED is final', async () => {
      const { id } = await create(api, '/v1/integrations', given.integration());
      const verb = (name: string) => api.call('POST', `/v1/integrations/${id}/${name}`);
      expect((await verb('deprecate')).body.status).toBe('DEPRECATED');
      expect((await verb('archive')).body.status).toBe('ARCHIVED');
      expect((await verb('archive')).status).toBe(200);
      expect((await verb('deprecate')).body).toMatchObject({ code: 'INVALID_OPERATION' });
    });
  });

  describe('test-connection (e.75)', () => {
    const test = (query: string, body: object = {}) =>
      api.call('POST', `/v1/integrations/test-connection?${query}`, body);

    it('tries the mail server of the installation', async () => {
      const answer = await test('integration_type=EMAIL_PROVIDER');
      expect(answer).toMatchObject({ status: 200, body: { successful: true } });
    });

    it('tries an integration with the secrets of the body, records nothing and answers 200 when it fails', async () => {
      const { id } = await create(api, '/v1/integrations', smtp());
      expect((await test(`integration_id=${id}`)).body.successful).toBe(true);
      const closed = await create(api, '/v1/integrations', smtp({ port: 1 }));
      const failed = await test(`integration_id=${closed.id}`, login.authentication);
      expect(failed).toMatchObject({ status: 200, body: { successful: false, message: expect.stringMatching(/\S/) } });
      expect(JSON.stringify(failed.body)).not.toContain('hunter2');
      expect((await rowOf(closed.id)).status).toBe('DRAFT');
      expect((await rowOf(closed.id)).secrets).toBeNull();
    });

    it('refuses types that this version does not serve, and integrations that are not there', async () => {
      expect((await test('integration_type=E_INVOICING')).body).toMatchObject({ field: 'integration_type' });
      expect((await test('integration_id=inte_0')).status).toBe(404);
    });
  });

  it('cannot be deleted while an action that is not archived sends through it', async () => {
    const { id } = await create(api, '/v1/integrations', given.integration());
    const action = {
      platformId: api.platformId,
      id: newId('workflowAction'),
      workflowId: newId('workflow'),
      type: 'SEND_EMAIL_TO_CUSTOMER',
      config: { integration_id: id },
    };
    await api.database.client.workflowAction.create({ data: { ...action, status: 'DRAFT' } });
    const refused = await api.call('DELETE', `/v1/integrations/${id}`);
    expect(refused.body).toMatchObject({ code: 'INVALID_OPERATION', message: expect.stringContaining(action.id) });
    await api.database.client.workflowAction.updateMany({ where: { id: action.id }, data: { status: 'ARCHIVED' } });
    expect((await api.call('DELETE', `/v1/integrations/${id}`)).status).toBe(200);
    expect((await api.call('GET', `/v1/integrations/${id}`)).status).toBe(404);
  });
});

describe('an installation without ENCRYPTION_KEY and SMTP_URL', () => {
  let api: RunningApi;

  beforeAll(async () => (api = await startApi()), STARTING_MS);
  afterAll(() => api.stop());

  it('stores no secrets and says why', async () => {
    const authentication = { username_password: { username: 'robot', password: 'hunter2' } };
    const answer = await api.call('POST', '/v1/integrations', given.integration({ authentication }));
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({
      code: 'INVALID_OPERATION',
      message: expect.stringContaining('ENCRYPTION_KEY'),
    });
    expect((await api.call('GET', '/v1/integrations')).body.data).toEqual([]);
  });

  it('says on activation that it has no mail server', async () => {
    const { id } = await create(api, '/v1/integrations', given.integration());
    const { body } = await api.call('POST', `/v1/integrations/${id}/activate`);
    expect(body).toMatchObject({ status: 'ERROR', message: expect.stringContaining('SMTP_URL') });
  });
});
