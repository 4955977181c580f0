import { newId } from '#kernel/ids';
import { type RunningApi } from './start-api.js';

/** Rows and bodies about workflows, with sensible defaults: a test names only what it is about. */
export class GivenWorkflows {
  constructor(
    private readonly api: RunningApi,
    private readonly platformId = api.platformId,
  ) {}

  /** The row itself: what the API makes of customers and invoices is another test's matter. */
  async customer(overrides: object = {}): Promise<string> {
    const id = newId('customer');
    const document = { type: 'ORGANIZATION', email: 'ap@customer.example' };
    const data = { platformId: this.platformId, id, email: document.email, document, ...overrides };
    await this.api.database.client.customer.create({ data });
    return id;
  }

  async integration(overrides: object = {}): Promise<string> {
    const id = newId('integration');
    const email = { type: 'EMAIL_PROVIDER', variant: 'SYSTEM', status: 'ACTIVE' };
    const data = { platformId: this.platformId, id, reference: id, ...email, document: {}, ...overrides };
    await this.api.database.client.integration.create({ data });
    return id;
  }

  async invoice(overrides: object = {}): Promise<string> {
    const id = newId('invoice');
    const open = { status: 'FINAL', type: 'STANDARD', openAmount: '100' };
    await this.api.database.client.invoice.create({
      data: { platformId: this.platformId, id, ...open, document: {}, ...overrides },
    });
    return id;
  }

  async payment(overrides: object = {}): Promise<string> {
    const id = newId('payment');
    await this.api.database.client.payment.create({
      data: { platformId: this.platformId, id, result: 'REFUSED', document: {}, ...overrides },
    });
    return id;
  }

  /** The id of a workflow that the API made. */
  async workflow(overrides: object = {}): Promise<string> {
    return this.made('/v1/workflows', workflowBody(overrides));
  }

  /** The id of an action that the API made, with an integration of its own unless one is stated. */
  async action(workflowId: string, overrides: object = {}): Promise<string> {
    const block = emailBlock(await this.integration());
    return this.made('/v1/workflow-actions', actionBody(workflowId, block, overrides));
  }

  /** A PENDING execution of an action of its own, with the version that it was planned with. */
  async execution(overrides: object = {}): Promise<string> {
    const id = newId('execution');
    const [actionId, triggerId] = [newId('workflowAction'), newId('workflowTrigger')];
    const config = emailBlock(newId('integration'));
    await this.api.database.client.workflowActionVersion.create({
      data: { platformId: this.platformId, actionId, version: 1, config },
    });
    const now = new Date();
    const planned = { workflowId: newId('workflow'), actionId, actionVersion: 1, actionType: 'SEND_EMAIL_TO_CUSTOMER' };
    const times = { dueAt: now, nextAttemptAt: now, notAfter: now, recordedAt: now, createdAt: now };
    await this.api.database.client.workflowActionExecution.create({
      data: { platformId: this.platformId, id, triggerId, ...planned, ...times, ...overrides },
    });
    return id;
  }

  private async made(path: string, body: object): Promise<string> {
    const answer = await this.api.call('POST', path, body);
    if (answer.status !== 201) throw new Error(`POST ${path} answered ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body.id as string;
  }
}

export const days = (...values: number[]) => values.map((value) => ({ type: 'DAY', value }));

/** A complete OVERDUE workflow of two steps, not running. */
export function workflowBody(overrides: object = {}): object {
  const invoice = { variant: 'OVERDUE', overdue: { periods: days(7, 15) } };
  const reference = newId('workflow').slice('wkfl_'.length);
  return { name: 'Reminders', type: 'INVOICE', reference, status: 'INACTIVE', invoice, ...overrides };
}

/** A complete block `send_email_to_customer`. */
export function emailBlock(integrationId: string, overrides: object = {}): object {
  const from = { name: 'Billing', email: 'billing@example.com' };
  return { integration_id: integrationId, template_name: 'invoice-overdue', from, ...overrides };
}

export function actionBody(workflowId: string, block: object | undefined, overrides: object = {}): object {
  const type = 'SEND_EMAIL_TO_CUSTOMER';
  return { workflow_id: workflowId, type, status: 'ACTIVE', send_email_to_customer: block, ...overrides };
}
