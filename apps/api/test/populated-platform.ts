import { createUser, newPassword } from '../src/access/user.js';
import { GivenWorkflows } from './given-workflows.js';
import { type Answer, type RunningApi } from './start-api.js';
import { VALID_BODIES } from './valid-bodies.js';

/** Settings of an API on which a platform can have everything. */
export const EVERYTHING = {
  ENCRYPTION_KEY: 'k'.repeat(32),
  WEBHOOK_ALLOW_PRIVATE_ADDRESSES: 'true',
  PUBLIC_URL: 'https://billing.example.com',
};

/** In this order, since each may refer to those before it. */
const COLLECTIONS = [
  'roles',
  'api-keys',
  'customers',
  'billing-entities',
  'contacts',
  'integrations',
  'payment-acceptors',
  'pricing-plan-subscriptions',
  'pricing-plan-schedules',
  'invoices',
  'payments',
  'portal-urls',
  'wallet-types',
  'wallets',
  'wallet-grants',
  'workflows',
  'workflow-actions',
  'workflow-triggers',
] as const;

const MESSAGE = {
  messageId: '<1@example.com>',
  date: '2026-01-01T00:00:00.000Z',
  from: { name: 'Billing', email: 'billing@example.com' },
  replyTo: { name: null, email: 'ar@example.com' },
  recipients: { to: [{ name: 'Customer', email: 'ap@customer.example' }], cc: [], bcc: [] },
  leftOut: [],
  subject: 'Reminder',
  locale: 'nl-NL',
  boundarySeed: '1',
  headers: {},
  attachments: [],
};

/** A platform that has one of every resource, made through the API. */
export class PopulatedPlatform {
  /** One of each, by the name of its collection in the path; `customers` → `cust_…`. */
  readonly ids: Record<string, string> = {};
  /** Of those that have one. */
  readonly references: Record<string, string> = {};
  private readonly given: GivenWorkflows;

  private constructor(
    private readonly api: RunningApi,
    readonly platformId: string,
    readonly key: string,
  ) {
    this.given = new GivenWorkflows(api, platformId);
  }

  static async on(api: RunningApi, { platformId, key }: { platformId: string; key: string }) {
    const platform = new PopulatedPlatform(api, platformId, key);
    await platform.populate();
    return platform;
  }

  call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    return this.api.call(method, path, body, { 'x-api-key': this.key, ...headers });
  }

  /** Makes another one of the collection. @returns the answer's body. */
  async another(collection: string): Promise<Answer['body']> {
    switch (collection) {
      case 'webhook-events':
        return this.deliveredEvent();
      case 'audit-records':
        return this.latest('/v1/audit-records');
      case 'workflow-action-executions':
        return { id: await this.failedExecution() };
      default:
        return this.post(collection);
    }
  }

  private async populate(): Promise<void> {
    const user = { platform: this.platformId, username: `${this.platformId}@us.example`, roles: ['Administrator'] };
    this.ids.users = (await createUser(this.api.database, { ...user, password: newPassword() })).id;
    for (const collection of [
      'webhooks',
      ...COLLECTIONS,
      'workflow-action-executions',
      'webhook-events',
      'audit-records',
    ])
      await this.keep(collection);
  }

  private async keep(collection: string): Promise<void> {
    const { id, reference } = await this.another(collection);
    this.ids[collection] = id;
    if (typeof reference === 'string') this.references[collection] = reference;
    // A manual trigger wants an invoice that is FINAL and a workflow that is ACTIVE, which needs an action.
    if (collection === 'invoices') await this.call('PATCH', `/v1/invoices/${id}`, { status: 'FINAL' });
    if (collection === 'workflow-actions') await this.call('POST', `/v1/workflows/${this.ids.workflows}/activate`);
  }

  private async post(collection: string): Promise<Answer['body']> {
    const path = `/v1/${collection}`;
    const body = VALID_BODIES[`POST ${path}`]?.(this);
    const answer = await this.call('POST', path, body);
    if (answer.status >= 300) throw new Error(`POST ${path} → ${answer.status} ${JSON.stringify([answer.body, body])}`);
    return answer.body;
  }

  /** What came of making another customer. */
  private async latest(path: string): Promise<Answer['body']> {
    await this.another('customers');
    return (await this.call('GET', `${path}?limit=1`)).body.data[0];
  }

  /** One that may be sent again. */
  private async deliveredEvent(): Promise<Answer['body']> {
    const event = await this.latest('/v1/webhook-events');
    const where = { platformId: this.platformId, id: event.id };
    await this.api.database.client.webhookEvent.updateMany({ where, data: { status: 'SUCCEEDED' } });
    return event;
  }

  /** One that may be tried again and whose mail was rendered. */
  private async failedExecution(): Promise<string> {
    const refused = { state: 'FAILED', nextAttemptAt: null, reason: 'RECIPIENT_REFUSED', preparation: 1 };
    const executionId = await this.given.execution({ ...refused, customerId: this.ids.customers });
    const parts = { message: JSON.stringify(MESSAGE), html: '<p>Hello</p>', text: 'Hello' };
    await this.api.database.client.executionPart.createMany({
      data: Object.entries(parts).map(([part, content]) => ({
        ...{ platformId: this.platformId, executionId, preparation: 1 },
        ...{ part, content, sha256: '' },
      })),
    });
    return executionId;
  }
}
