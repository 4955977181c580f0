import { create, given } from './given.js';
import { type RunningApi, startApi, STARTING_MS } from './start-api.js';

const DAY_MS = 86_400_000;
const inDays = (count: number) => `${new Date(Date.now() + count * DAY_MS).toISOString().slice(0, 19)}Z`;
let references = 0;

describe('/v1/pricing-plan-subscriptions', () => {
  let api: RunningApi;
  let customerId: string;

  beforeAll(async () => {
    api = await startApi();
    customerId = (await create(api, '/v1/customers', given.customer())).id;
  }, STARTING_MS);
  afterAll(() => api.stop());

  const trial = (days = 14) => ({
    pricing_plan_schedule: { type: 'TRIAL' },
    start_at: inDays(0),
    end_at: inDays(days),
    pricing_plan: { name: 'Plus' },
  });
  const body = (overrides: object = {}) => ({
    reference: `subscription-${(references += 1)}`,
    customer_id: customerId,
    pricing_plan_schedule_infos: [trial()],
    ...overrides,
  });
  const subscription = (overrides: object = {}) => create(api, '/v1/pricing-plan-subscriptions', body(overrides));
  const pathOf = ({ id }: { id: string }) => `/v1/pricing-plan-subscriptions/${id}`;

  it('is made as a DRAFT for BILLING, read, changed and listed', async () => {
    const made = await subscription({ name: 'Stroom', billing_currency: 'EUR' });
    expect(made).toMatchObject({
      object_type: 'PRICING_PLAN_SUBSCRIPTION',
      status: 'DRAFT',
      type: 'BILLING',
      variant: 'DEFAULT',
      customer_id: customerId,
    });
    expect((await api.call('GET', pathOf(made))).body).toEqual(made);
    const changed = (await api.call('PATCH', pathOf(made), { name: 'Stroom Plus', status: 'ACTIVE' })).body;
    expect(changed).toMatchObject({ name: 'Stroom Plus', status: 'ACTIVE', activated_at: expect.any(String) });
    expect(changed.pricing_plan_schedule_infos).toEqual(made.pricing_plan_schedule_infos);
    const list = await api.call('GET', `/v1/pricing-plan-subscriptions?reference=${made.reference}&status=ACTIVE`);
    expect(list.body.data.map(({ id }: { id: string }) => id)).toEqual([made.id]);
    const search = { search_fields: [{ name: 'pricing_plan_name', value: 'Plus' }] };
    const found = await api.call('POST', '/v1/pricing-plan-subscriptions/search?order_by=start_at', search);
    expect(found.body.data.map(({ id }: { id: string }) => id)).toContain(made.id);
  });

  it('shows what it refers to in line when asked', async () => {
    const made = await subscription();
    const { customer, pricing_plan_schedule_infos: infos } = (await api.call('GET', `${pathOf(made)}?expand[]=ALL`))
      .body;
    expect(customer.id).toBe(customerId);
    expect(infos[0].pricing_plan_schedule).toMatchObject({ object_type: 'PRICING_PLAN_SCHEDULE', type: 'TRIAL' });
  });

  it('is found by its reference when it is put again, and the same schedules are not doubled', async () => {
    const document = body();
    const first = (await api.call('PUT', '/v1/pricing-plan-subscriptions', document)).body;
    const again = await api.call('PUT', '/v1/pricing-plan-subscriptions', document);
    expect(again).toMatchObject({ status: 201, body: first });
    const moved = {
      ...document,
      pricing_plan_schedule_infos: [{ ...trial(21), id: first.pricing_plan_schedule_infos[0].id }],
    };
    const after = (await api.call('PUT', '/v1/pricing-plan-subscriptions', moved)).body;
    expect(after.pricing_plan_schedule_infos).toMatchObject([{ id: first.pricing_plan_schedule_infos[0].id }]);
    const none = await api.call('PATCH', pathOf(first), { pricing_plan_schedule_infos: [] });
    expect(none.body.pricing_plan_schedule_infos).toEqual([]);
  });

  it('has a reference that no other has (e.71), and names what exists', async () => {
    const { reference } = await subscription();
    const nobody = body({ customer_id: undefined, customer_reference: 'nobody' });
    const answers = await Promise.all([
      api.call('POST', '/v1/pricing-plan-subscriptions', body({ reference })),
      api.call('POST', '/v1/pricing-plan-subscriptions', nobody),
      api.call('POST', '/v1/pricing-plan-subscriptions', body({ billing_entity_id: 'bile_none' })),
      api.call('POST', '/v1/pricing-plan-subscriptions', body({ pricing_plan_schedule_infos: [trial(-1)] })),
    ]);
    expect(answers.map(({ status, body: { field } }) => [status, field])).toEqual([
      [409, 'reference'],
      [400, 'customer_reference'],
      [400, 'billing_entity_id'],
      [400, 'pricing_plan_schedule_infos.0.end_at'],
    ]);
  });

  it('leaves VOID and ARCHIVED no more, and goes back to DRAFT never (e.70)', async () => {
    const made = await subscription({ status: 'ACTIVE' });
    expect((await api.call('PATCH', pathOf(made), { status: 'DRAFT' })).status).toBe(400);
    expect((await api.call('POST', `${pathOf(made)}/void`)).body.status).toBe('VOID');
    expect((await api.call('POST', `${pathOf(made)}/void`)).status).toBe(200);
    const answer = await api.call('POST', `${pathOf(made)}/archive`);
    expect(answer).toMatchObject({ status: 400, body: { code: 'INVALID_OPERATION' } });
    const other = await subscription({ status: 'ACTIVE' });
    expect((await api.call('POST', `${pathOf(other)}/archive`)).body.status).toBe('ARCHIVED');
  });

  it('is CANCELLED at once with type NOW (e.70)', async () => {
    const made = await subscription({ status: 'ACTIVE' });
    const { body: cancelled } = await api.call('POST', `${pathOf(made)}/cancel`, { type: 'NOW' });
    expect(cancelled).toMatchObject({ status: 'CANCELLED', inactive_periods: [{ type: 'CANCEL' }] });
    expect((await api.call('POST', `${pathOf(made)}/cancel`, { type: 'NOW' })).body).toEqual(cancelled);
  });

  it('is cancelled for a later day, and not after all', async () => {
    const made = await subscription({ status: 'ACTIVE' });
    const cancel = async (request: object) => api.call('POST', `${pathOf(made)}/cancel`, request);
    expect(await cancel({ type: 'DATE' })).toMatchObject({ status: 400, body: { field: 'cancel_at' } });
    const day = inDays(40);
    expect((await cancel({ type: 'DATE', cancel_at: day })).body).toMatchObject({
      status: 'ACTIVE',
      inactive_periods: [{ type: 'CANCEL', start_at: day }],
    });
    expect((await cancel({ type: 'UNDO' })).body).toMatchObject({ status: 'ACTIVE', inactive_periods: [] });
    expect((await cancel({ type: 'UNDO' })).status).toBe(400);
  });

  it('is seen by its own platform only', async () => {
    const made = await subscription();
    const headers = { 'x-api-key': (await api.platform()).key };
    expect((await api.call('GET', pathOf(made), undefined, headers)).status).toBe(404);
    expect((await api.call('POST', `${pathOf(made)}/void`, undefined, headers)).status).toBe(404);
  });

  describe('/v1/pricing-plan-schedules', () => {
    const schedule = (subscriptionId: string, overrides: object = {}) =>
      create(api, '/v1/pricing-plan-schedules', {
        pricing_plan_subscription_id: subscriptionId,
        type: 'DEFAULT',
        start_at: inDays(20),
        ...overrides,
      });
    const at = ({ id }: { id: string }) => `/v1/pricing-plan-schedules/${id}`;

    it('is made, read, changed, listed by subscription and deleted', async () => {
      const owner = await subscription({ pricing_plan_schedule_infos: [] });
      const made = await schedule(owner.id);
      expect(made).toMatchObject({ object_type: 'PRICING_PLAN_SCHEDULE', pricing_plan_subscription_id: owner.id });
      expect((await api.call('GET', at(made))).body).toEqual(made);
      expect((await api.call('PATCH', at(made), { end_at: inDays(60) })).body.end_at).toBeDefined();
      const list = () => api.call('GET', `/v1/pricing-plan-schedules?pricing_plan_subscription_id=${owner.id}`);
      expect((await list()).body.data).toHaveLength(1);
      expect((await api.call('DELETE', at(made))).body.id).toBe(made.id);
      expect((await list()).body.data).toEqual([]);
      expect((await api.call('GET', at(made))).status).toBe(404);
    });

    it('ends the one before it, or begins the one after it, when asked', async () => {
      const owner = await subscription();
      const [{ id }] = owner.pricing_plan_schedule_infos;
      const start = inDays(7);
      const next = { pricing_plan_subscription_id: owner.id, type: 'DEFAULT', start_at: start };
      await create(api, '/v1/pricing-plan-schedules?set_previous_end_at=true', next);
      expect((await api.call('GET', at({ id }))).body.end_at).toBe(start);
      const both = await api.call(
        'POST',
        '/v1/pricing-plan-schedules?set_previous_end_at=true&set_next_start_at=true',
        next,
      );
      expect(both.status).toBe(400);
    });

    it('belongs to a subscription that exists, for good', async () => {
      const [owner, other] = [await subscription(), await subscription()];
      const made = await schedule(owner.id);
      const answers = await Promise.all([
        api.call('POST', '/v1/pricing-plan-schedules', { start_at: inDays(1) }),
        api.call('POST', '/v1/pricing-plan-schedules', { pricing_plan_subscription_id: 'ppsu_none' }),
        api.call('PATCH', at(made), { pricing_plan_subscription_id: other.id }),
        api.call('PATCH', at(made), { end_at: inDays(1) }),
      ]);
      expect(answers.map(({ status, body: { code, field } }) => [status, code, field])).toEqual([
        [400, 'MISSING_FIELD', 'pricing_plan_subscription_id'],
        [400, 'RESOURCE_NOT_FOUND', 'pricing_plan_subscription_id'],
        [400, 'INVALID_FIELD', 'pricing_plan_subscription_id'],
        [400, 'INVALID_FIELD', 'end_at'],
      ]);
    });
  });
});
