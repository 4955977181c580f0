import { createHash } from 'node:crypto';
import { newId } from '#kernel/ids';
import { GivenWorkflows } from './given-workflows.js';
import { type Answer, type RunningApi, startApi } from './start-api.js';

let api: RunningApi;
let given: GivenWorkflows;

beforeAll(async () => {
  api = await startApi();
  given = new GivenWorkflows(api);
}, 60_000);
afterAll(() => api.stop());

const path = '/v1/workflow-action-executions';
const get = (id: string, part = '') => api.call('GET', `${path}/${id}${part}`);
const retry = (id: string) => api.call('POST', `${path}/${id}/retry`);
const list = async (query: string) => ids(await api.call('GET', `${path}?${query}`));
const ids = ({ body }: Answer) => body.data.map(({ id }: { id: string }) => id);
const refusal = ({ status, body }: Answer) => [status, body.code, body.field];
const at = (ms: number) => new Date(Date.parse('2026-01-01T00:00:00.000Z') + ms);
const failed = { state: 'FAILED', nextAttemptAt: null, reason: 'RECIPIENT_MISSING', reasonMessage: 'Add an address.' };

/** Stores what a first preparation of the execution rendered. */
async function prepare(id: string, message: object): Promise<void> {
  const parts = { message: JSON.stringify(message), html: '<p>Hello</p>', text: 'Hello' };
  await api.database.client.executionPart.createMany({
    data: Object.entries(parts).map(([part, content]) => ({
      platformId: api.platformId,
      executionId: id,
      preparation: 1,
      part,
      content,
      sha256: createHash('sha256').update(content).digest('hex'),
    })),
  });
}

describe('an execution', () => {
  it('that waits says when it is due and what it will do', async () => {
    const id = await given.execution({
      customerId: 'cust_1',
      invoiceId: 'invo_1',
      recordedAt: at(0),
      createdAt: at(4),
      dueAt: at(0),
      nextAttemptAt: at(60_000),
      notAfter: at(3_600_000),
    });
    const { status, body } = await get(id);
    expect(status).toBe(200);
    expect(body).toEqual({
      object_type: 'WORKFLOW_ACTION_EXECUTION',
      id,
      workflow_id: expect.stringMatching(/^wkfl_/),
      workflow_action_id: expect.stringMatching(/^wkfa_/),
      workflow_trigger_id: expect.stringMatching(/^wkft_/),
      customer_id: 'cust_1',
      invoice_id: 'invo_1',
      type: 'SEND_EMAIL_TO_CUSTOMER',
      status: 'PENDING',
      due_at: '2026-01-01T00:00:00Z',
      next_attempt_at: '2026-01-01T00:01:00Z',
      not_after: '2026-01-01T01:00:00Z',
      attempt_count: 0,
      action: {
        version: 1,
        type: 'SEND_EMAIL_TO_CUSTOMER',
        send_email_to_customer: expect.objectContaining({ template_name: 'invoice-overdue' }),
      },
      timeline: [
        { state: 'RECORDED', at: '2026-01-01T00:00:00.000Z', elapsed_ms: 0 },
        { state: 'PLANNED', at: '2026-01-01T00:00:00.004Z', elapsed_ms: 4 },
      ],
      created_at: '2026-01-01T00:00:00Z',
    });
  });

  it('that succeeded says who got what, from whom, and when', async () => {
    const id = await given.execution({
      state: 'SUCCEEDED',
      nextAttemptAt: null,
      preparation: 1,
      attemptCount: 1,
      recipients: { to: ['a@example.com'], cc: [], bcc: [] },
      subject: 'Reminder',
      template: 'invoice-overdue',
      locale: 'nl-NL',
      provider: 'SMTP',
      providerMessageId: 'queued as 1',
      messageId: '<1@example.com>',
      pdfSha256: 'abc',
      paymentLink: 'NOTHING_TO_PAY',
      recordedAt: at(0),
      createdAt: at(2),
      releasedAt: at(5),
      claimedAt: at(9),
      renderedAt: at(15),
      printedAt: at(22),
      gateAt: at(30),
      acceptedAt: at(41),
      finishedAt: at(45),
    });
    const { body } = await get(id);
    expect(body).toMatchObject({
      status: 'SUCCEEDED',
      attempt_count: 1,
      recipients: { to: ['a@example.com'], cc: [], bcc: [], refused: [] },
      subject: 'Reminder',
      template: 'invoice-overdue',
      locale: 'nl-NL',
      provider: 'SMTP',
      provider_message_id: 'queued as 1',
      message_id: '<1@example.com>',
      attachment_sha256: 'abc',
      payment_link: 'NOTHING_TO_PAY',
      started_at: '2026-01-01T00:00:00Z',
      finished_at: '2026-01-01T00:00:00Z',
    });
    expect(
      body.timeline.map(({ state, elapsed_ms }: { state: string; elapsed_ms: number }) => [state, elapsed_ms]),
    ).toEqual([
      ['RECORDED', 0],
      ['PLANNED', 2],
      ['RELEASED', 5],
      ['CLAIMED', 9],
      ['RENDERED', 15],
      ['PDF', 22],
      ['GATE', 30],
      ['ACCEPTED', 41],
      ['SETTLED', 45],
    ]);
  });

  it.each(['CLAIMED', 'PREPARED', 'COMMITTING'])('that is %s is IN_PROGRESS', async (state) => {
    const id = await given.execution({ state });
    expect((await get(id)).body.status).toBe('IN_PROGRESS');
  });

  it.each([
    ['FAILED', 'Add an address.'],
    ['UNKNOWN', 'Add an address.'],
    ['SKIPPED', undefined],
    ['CANCELLED', undefined],
  ])('that is %s says why', async (state, error) => {
    const { body } = await get(await given.execution({ ...failed, state }));
    expect(body).toMatchObject({ status: state, reason: 'RECIPIENT_MISSING', reason_message: 'Add an address.' });
    expect(body.error_message).toBe(error);
  });

  it('keeps the action as it was planned, whatever became of it since', async () => {
    const workflow = await given.workflow();
    const action = await given.action(workflow);
    const id = await given.execution({ actionId: action, workflowId: workflow });
    await api.call('PATCH', `/v1/workflow-actions/${action}`, {
      send_email_to_customer: { template_name: 'invoice-final' },
    });
    expect((await get(id)).body.action).toMatchObject({
      version: 1,
      send_email_to_customer: { template_name: 'invoice-overdue' },
    });
  });

  it('is seen by its own platform alone', async () => {
    const id = await given.execution();
    const { key } = await api.platform();
    for (const [method, part] of [
      ['GET', ''],
      ['GET', '/content'],
      ['POST', '/retry'],
    ]) {
      const answer = await api.call(method!, `${path}/${id}${part}`, undefined, { 'x-api-key': key });
      expect(answer).toMatchObject({ status: 404, body: { code: 'RESOURCE_NOT_FOUND', resource_id: id } });
    }
  });
});

describe('lists of executions', () => {
  it('are filtered by the words of the wire', async () => {
    const workflow = newId('workflow');
    const [waiting, claimed, committing] = [
      await given.execution({ workflowId: workflow }),
      await given.execution({ workflowId: workflow, state: 'CLAIMED' }),
      await given.execution({ workflowId: workflow, state: 'COMMITTING' }),
    ];
    expect(await list(`workflow_id=${workflow}&status=PENDING`)).toEqual([waiting]);
    expect((await list(`workflow_id=${workflow}&statuses[]=IN_PROGRESS`)).sort()).toEqual([claimed, committing].sort());
    expect(await list(`workflow_id=${workflow}&statuses[]=PENDING&statuses[]=IN_PROGRESS`)).toHaveLength(3);
    expect(refusal(await api.call('GET', `${path}?status=CLAIMED`))).toEqual([400, 'INVALID_FIELD', 'status']);
  });

  it('are filtered by what an execution belongs to', async () => {
    const owners = { customerId: newId('customer'), invoiceId: newId('invoice'), triggerId: newId('workflowTrigger') };
    const id = await given.execution(owners);
    await given.execution();
    expect(await list(`customer_id=${owners.customerId}`)).toEqual([id]);
    expect(await list(`invoice_id=${owners.invoiceId}`)).toEqual([id]);
    expect(await list(`workflow_trigger_id=${owners.triggerId}`)).toEqual([id]);
  });

  it('are searched by status, trigger and workflow', async () => {
    const triggerId = newId('workflowTrigger');
    const id = await given.execution({ triggerId, state: 'PREPARED' });
    const filter_fields = [
      { name: 'workflow_trigger_id', value: triggerId },
      { name: 'status', values: ['IN_PROGRESS', 'FAILED'] },
    ];
    const answer = await api.call('POST', `${path}/search`, { filter_fields });
    expect(answer.body).toMatchObject({ page: 1, limit: 50, links: { previous: null, next: null } });
    expect(ids(answer)).toEqual([id]);
  });
});

describe('retrying an execution', () => {
  it('gives a FAILED one another chance', async () => {
    const { status, body } = await retry(await given.execution(failed));
    expect(status).toBe(200);
    expect(body).toMatchObject({ status: 'PENDING', attempt_count: 0 });
    expect(body).not.toHaveProperty('reason');
    expect(Date.parse(body.not_after)).toBeGreaterThan(Date.now());
  });

  it.each(['PENDING', 'COMMITTING', 'SUCCEEDED', 'UNKNOWN', 'CANCELLED'])('is refused when it is %s', async (state) => {
    const id = await given.execution({ ...failed, state, nextAttemptAt: new Date() });
    expect(refusal(await retry(id))).toEqual([400, 'INVALID_OPERATION', undefined]);
    expect((await get(id)).body.status).toBe(state === 'COMMITTING' ? 'IN_PROGRESS' : state);
  });

  it('is not for a READ_ONLY key', async () => {
    const id = await given.execution(failed);
    const { key, platformId } = await api.platform();
    await api.database.client.apiKey.updateMany({ where: { platformId }, data: { roleType: 'READ_ONLY' } });
    const answer = await api.call('POST', `${path}/${id}/retry`, undefined, { 'x-api-key': key });
    expect(refusal(answer)).toEqual([403, 'USER_NOT_ALLOWED', undefined]);
  });
});

describe('the content of an execution', () => {
  it('is the mail as it was stored', async () => {
    const id = await given.execution({ preparation: 1 });
    await prepare(id, {
      messageId: '<1@example.com>',
      date: '2026-01-01T00:00:00.000Z',
      from: { name: 'Billing', email: 'billing@example.com' },
      replyTo: { name: null, email: 'ar@example.com' },
      recipients: {
        to: [{ name: 'Customer', email: 'ap@customer.example' }],
        cc: [{ email: 'cc@example.com' }],
        bcc: [],
      },
      leftOut: [],
      subject: 'Reminder',
      locale: 'nl-NL',
      boundarySeed: '1',
      headers: { 'Auto-Submitted': 'auto-generated' },
      attachments: [{ filename: 'invoice-1.pdf', contentType: 'application/pdf', sha256: 'abc', size: 5 }],
    });
    expect((await get(id, '/content')).body).toEqual({
      subject: 'Reminder',
      from: { name: 'Billing', email: 'billing@example.com' },
      reply_to: { email: 'ar@example.com' },
      to: [{ name: 'Customer', email: 'ap@customer.example' }],
      cc: [{ email: 'cc@example.com' }],
      bcc: [],
      headers: {
        'Message-ID': '<1@example.com>',
        Date: 'Thu, 01 Jan 2026 00:00:00 +0000',
        'Content-Language': 'nl-NL',
        'Auto-Submitted': 'auto-generated',
      },
      html: '<p>Hello</p>',
      text: 'Hello',
      attachments: [{ filename: 'invoice-1.pdf', content_type: 'application/pdf', size: 5, sha256: 'abc' }],
    });
  });

  it('is not there before a mail was prepared, and the answer says so', async () => {
    const answer = await get(await given.execution(failed), '/content');
    expect(answer.status).toBe(404);
    expect(answer.body).toMatchObject({
      code: 'RESOURCE_NOT_FOUND',
      message: expect.stringContaining('Add an address.'),
    });
  });
});
