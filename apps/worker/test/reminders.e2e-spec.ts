import { DAY_MS, inDays } from '#testing/given';
import { until } from '#testing/until';
import { invoiceDocument } from './invoice-document.js';
import { type Line, startLine } from './start-line.js';

const WEEK = { type: 'DAY', value: 7 };
/** A moment after the step falls due: seven days and a second and a half from now. */
const soonAWeekAhead = () => new Date(Date.now() + 7 * DAY_MS + 1_500).toISOString();

describe('reminders before an instant', () => {
  let line: Line;

  beforeAll(async () => (line = await startLine('PostgreSQL')), 90_000);
  afterAll(() => line.stop());

  const call = async (method: string, path: string, body?: object) => {
    const { status, body: answer } = await line.api.call(method, path, body);
    if (status >= 300) throw new Error(JSON.stringify(answer));
    return answer;
  };
  const textOf = async (email: string) => {
    const mail = await line.smtp.waitForMail(({ envelope }) => envelope.to.includes(email));
    return mail.parsed();
  };
  const mailsTo = (email: string) => line.smtp.mails.filter(({ envelope }) => envelope.to.includes(email));

  /** A subscription on trial, of a customer of its own. */
  async function trial(endAt: string) {
    const reference = Math.random().toString(36).slice(2);
    const email = `${reference}@customer.example`;
    const customer = await call('POST', '/v1/customers', { type: 'ORGANIZATION', reference, email });
    const subscription = await call('POST', '/v1/pricing-plan-subscriptions', {
      status: 'ACTIVE',
      name: 'Stroom Plus',
      customer_id: customer.id,
      pricing_plan_schedule_infos: [
        {
          pricing_plan_schedule: { type: 'TRIAL' },
          start_at: inDays(-1),
          end_at: endAt,
          pricing_plan: { name: 'Plus' },
        },
      ],
    });
    return { email, id: subscription.id as string };
  }

  const executionsOf = async (subscriptionId: string) =>
    (await call('GET', `/v1/workflow-action-executions?pricing_plan_subscription_id=${subscriptionId}`)).data;

  it('mail once before a trial ends, when the step falls due', async () => {
    await line.workflow('FREE_TRIAL_REMINDER', { reminder_periods: [WEEK] });
    const { email, id } = await trial(soonAWeekAhead());
    const { subject, text } = await textOf(email);
    expect(subject).toContain('Stroom Plus');
    expect(text).toContain('Plus');
    await until(async () => (await executionsOf(id))[0]?.status === 'SUCCEEDED');
    expect(await executionsOf(id)).toHaveLength(1);
    expect(mailsTo(email)).toHaveLength(1);
  }, 60_000);

  it('mail a trial when somebody asks for it, whenever it ends', async () => {
    const { email, id } = await trial(inDays(30));
    const trigger = await call('POST', '/v1/workflow-triggers', {
      type: 'MANUAL',
      pricing_plan_subscription: { pricing_plan_subscription_id: id },
    });
    expect(trigger.pricing_plan_subscription).toMatchObject({
      pricing_plan_subscription_id: id,
      manual: { variant: 'FREE_TRIAL_REMINDER' },
    });
    expect((await textOf(email)).subject).toContain('Stroom Plus');
  }, 60_000);

  it('mail once before an invoice is due, when the step falls due', async () => {
    await line.workflow('UPCOMING_PAYMENT_REMINDER', { upcoming_payment: { periods: [WEEK] } });
    const invoice = await call('PUT', '/v1/invoices', invoiceDocument({ due_date: soonAWeekAhead() }));
    const { subject } = await textOf(invoice.customer.email);
    expect(subject).toContain(invoice.invoice_number);
    const [execution, ...others] = await line.ended(invoice.id);
    expect(others).toEqual([]);
    expect(execution.status).toBe('SUCCEEDED');
  }, 60_000);

  it('mail an invoice when somebody asks for it, whenever it is due', async () => {
    const invoice = await call('PUT', '/v1/invoices', invoiceDocument({ due_date: inDays(40) }));
    await call('POST', '/v1/workflow-triggers', { type: 'MANUAL', invoice: { invoice_id: invoice.id } });
    expect((await textOf(invoice.customer.email)).subject).toContain(invoice.invoice_number);
  }, 60_000);
});
