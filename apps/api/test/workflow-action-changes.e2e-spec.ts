import { until } from '#testing/until';
import { actionBody, emailBlock, GivenWorkflows } from './given-workflows.js';
import { type Answer, type RunningApi, startApi } from './start-api.js';

let api: RunningApi;
let given: GivenWorkflows;
/** An OVERDUE workflow and a working integration, for tests that are not about them. */
let workflowId: string;
let integrationId: string;

beforeAll(async () => {
  api = await startApi();
  given = new GivenWorkflows(api);
  [workflowId, integrationId] = [await given.workflow(), await given.integration()];
}, 60_000);
afterAll(() => api.stop());

const block = (overrides: object = {}) => emailBlock(integrationId, overrides);
const create = (email: object | undefined, overrides: object = {}) =>
  api.call('POST', '/v1/workflow-actions', actionBody(workflowId, email, overrides));
const patch = (id: string, body: object) => api.call('PATCH', `/v1/workflow-actions/${id}`, body);
const get = (id: string) => api.call('GET', `/v1/workflow-actions/${id}`);
const remove = (id: string) => api.call('DELETE', `/v1/workflow-actions/${id}`);
const post = (id: string, verb: string) => api.call('POST', `/v1/workflows/${id}/${verb}`);
const refusal = ({ status, body }: Answer) => [status, body.code, body.field];
const email = (field: string) => `send_email_to_customer.${field}`;
const versions = (id: string) =>
  api.database.client.workflowActionVersion.findMany({ where: { actionId: id }, orderBy: { version: 'asc' } });
const row = (id: string) => api.database.client.workflowAction.findFirstOrThrow({ where: { id } });

describe('changing an action', () => {
  it('merges objects and replaces lists', async () => {
    const id = await given.action(workflowId, {
      send_email_to_customer: block({ cc_recipients: ['a@example.com', 'b@example.com'] }),
    });
    const { status, body } = await patch(id, {
      send_email_to_customer: { from: { name: 'Accounts' }, cc_recipients: ['c@example.com'] },
    });
    expect(status).toBe(200);
    expect(body.send_email_to_customer).toMatchObject({
      template_name: 'invoice-overdue',
      from: { name: 'Accounts', email: 'billing@example.com' },
      cc_recipients: ['c@example.com'],
    });
  });

  it('clears what may be null', async () => {
    const id = await given.action(workflowId, {
      description: 'x',
      send_email_to_customer: block({ subject: 'Hello' }),
    });
    const { body } = await patch(id, { description: null, send_email_to_customer: { subject: null } });
    expect(body).not.toHaveProperty('description');
    expect(body.send_email_to_customer).not.toHaveProperty('subject');
  });

  it('makes a version of each configuration and leaves the earlier ones as they were', async () => {
    const id = await given.action(workflowId);
    await patch(id, { send_email_to_customer: { template_name: 'invoice-final' } });
    await patch(id, { status: 'INACTIVE' });
    expect(
      (await versions(id)).map(({ version, config }) => [version, (config as { template_name: string }).template_name]),
    ).toEqual([
      [1, 'invoice-overdue'],
      [2, 'invoice-final'],
    ]);
    expect(await row(id)).toMatchObject({ version: 2, revision: 3n, status: 'INACTIVE' });
  });

  it('changes nothing when it is what it was', async () => {
    const id = await given.action(workflowId);
    const before = await row(id);
    const { body } = await get(id);
    expect((await patch(id, body)).body).toEqual(body);
    expect(await row(id)).toEqual(before);
    expect(await versions(id)).toHaveLength(1);
  });

  it('judges the merged result', async () => {
    const id = await given.action(workflowId, { status: 'DRAFT', send_email_to_customer: {} });
    expect(refusal(await patch(id, { status: 'ACTIVE' }))).toEqual([400, 'MISSING_FIELD', email('integration_id')]);
    expect((await patch(id, { status: 'ACTIVE', send_email_to_customer: block() })).body.status).toBe('ACTIVE');
  });

  it('never moves to another workflow or type', async () => {
    const id = await given.action(workflowId);
    expect(refusal(await patch(id, { workflow_id: await given.workflow() }))).toEqual([
      400,
      'INVALID_FIELD',
      'workflow_id',
    ]);
    expect((await patch(id, { workflow_id: workflowId })).status).toBe(200);
  });

  it('goes freely between DRAFT, INACTIVE and ACTIVE until it is ARCHIVED', async () => {
    const id = await given.action(workflowId);
    for (const status of ['DRAFT', 'INACTIVE', 'ACTIVE', 'DRAFT', 'ARCHIVED']) {
      expect(await patch(id, { status })).toMatchObject({ status: 200, body: { status } });
    }
    expect(refusal(await patch(id, { status: 'ACTIVE' }))).toEqual([400, 'INVALID_OPERATION', 'status']);
    expect(refusal(await patch(id, { description: 'x' }))).toEqual([400, 'INVALID_OPERATION', undefined]);
  });
});

describe('deleting an action', () => {
  it('answers it once more and hides it from then on', async () => {
    const id = await given.action(workflowId);
    expect(await remove(id)).toMatchObject({ status: 200, body: { id, object_type: 'WORKFLOW_ACTION' } });
    for (const answer of [await get(id), await remove(id), await patch(id, {})]) {
      expect(answer).toMatchObject({
        status: 404,
        body: { code: 'RESOURCE_NOT_FOUND', resource_type: 'WORKFLOW_ACTION', resource_id: id },
      });
    }
    expect(await versions(id)).toHaveLength(1);
  });

  it('raises the revision, so that a mail that is about to leave is judged again', async () => {
    const id = await given.action(workflowId);
    await remove(id);
    expect((await row(id)).revision).toBe(2n);
  });

  it('is refused like every change when the workflow is archived', async () => {
    const workflow = await given.workflow();
    const id = await given.action(workflow);
    await post(workflow, 'archive');
    expect(refusal(await remove(id))).toEqual([400, 'INVALID_OPERATION', undefined]);
    expect(refusal(await patch(id, { description: 'x' }))).toEqual([400, 'INVALID_OPERATION', undefined]);
  });
});

describe('an action that is written while what it stands on changes', () => {
  /** Begins `request` while `change` is not committed yet, and answers what came of it. */
  async function during(change: string, request: () => Promise<Answer>): Promise<Answer> {
    let answer: Promise<Answer> | undefined;
    await api.database.transaction(async (tx) => {
      await tx.$executeRawUnsafe(change);
      answer = request();
      await until(somebodyWaits);
    });
    return answer!;
  }

  it('is refused when the workflow was archived meanwhile', async () => {
    const workflow_id = await given.workflow();
    const archive = `UPDATE workflow SET status = 'ARCHIVED' WHERE id = '${workflow_id}'`;
    const answer = await during(archive, () => create(block(), { workflow_id }));
    expect(refusal(answer)).toEqual([400, 'INVALID_OPERATION', undefined]);
  });

  it('is refused when the integration was deleted meanwhile', async () => {
    const integration_id = await given.integration();
    const remove = `UPDATE integration SET deleted_at = now() WHERE id = '${integration_id}'`;
    const answer = await during(remove, () => create(block({ integration_id })));
    expect(refusal(answer)).toEqual([400, 'RESOURCE_NOT_FOUND', email('integration_id')]);
  });

  it('is judged by the variant that the workflow has by then', async () => {
    const workflow = await given.workflow();
    const action = await given.action(workflow);
    const change = `UPDATE workflow SET variant = 'TO_FINAL' WHERE id = '${workflow}'`;
    const answer = await during(change, () => patch(action, { description: 'x' }));
    expect(refusal(answer)).toEqual([400, 'INVALID_FIELD', email('invoice.type')]);
  });
});

/** Whether somebody waits for a row in this database. */
async function somebodyWaits(): Promise<boolean> {
  const waiting = await api.database.client.$queryRaw<unknown[]>`
    SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  return waiting.length > 0;
}

describe('the actions of a workflow whose variant changes', () => {
  const toFinal = { invoice: { variant: 'TO_FINAL' } };

  it('must fit before it is ACTIVE', async () => {
    const id = await given.workflow();
    const action = await given.action(id);
    expect((await api.call('PATCH', `/v1/workflows/${id}`, toFinal)).status).toBe(200);
    const refused = await post(id, 'activate');
    expect(refusal(refused)).toEqual([400, 'INVALID_OPERATION', 'status']);
    expect(refused.body.message).toContain(action);
    await patch(action, { send_email_to_customer: { invoice: { type: 'TO_FINAL' } } });
    expect((await post(id, 'activate')).status).toBe(200);
  });

  it('keep an ACTIVE workflow from changing it', async () => {
    const id = await given.workflow();
    await given.action(id);
    await post(id, 'activate');
    expect(refusal(await api.call('PATCH', `/v1/workflows/${id}`, toFinal))).toEqual([
      400,
      'INVALID_OPERATION',
      'status',
    ]);
    expect((await api.call('GET', `/v1/workflows/${id}`)).body.invoice.variant).toBe('OVERDUE');
  });
});
