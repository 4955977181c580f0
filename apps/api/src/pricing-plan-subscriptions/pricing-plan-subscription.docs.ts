import { type Chapter, EXAMPLE_IDS, resource } from '../documentation/chapter.js';

const subscription = {
  reference: 'harbour-coffee-team',
  name: 'Team plan',
  status: 'ACTIVE',
  type: 'BILLING',
  customer_id: EXAMPLE_IDS.customer,
  billing_entity_id: EXAMPLE_IDS.billingEntity,
  billing_currency: 'EUR',
  billing_period: { type: 'MONTH', value: 1 },
};

const info = {
  id: EXAMPLE_IDS.schedule,
  pricing_plan: { name: 'Team' },
  start_at: '2036-01-01T00:00:00Z',
  end_at: '2036-02-01T00:00:00Z',
};

export const subscriptionDocs: Chapter = {
  tag: 'pricingPlanSubscriptions',
  about: 'What customers subscribed to. Only their trials matter here: reminders before a trial ends.',
  noun: 'subscription',
  example: resource('PRICING_PLAN_SUBSCRIPTION', EXAMPLE_IDS.subscription, {
    ...subscription,
    variant: 'DEFAULT',
    activated_at: '2026-02-01T09:30:00Z',
    pricing_plan_schedule_infos: [info],
  }),
  operations: {
    'GET /v1/pricing-plan-subscriptions': {
      summary: 'List subscriptions',
      text: 'Pages of subscriptions, newest first unless ordered otherwise.',
    },
    'POST /v1/pricing-plan-subscriptions': {
      summary: 'Create a subscription',
      text: 'Its schedules may come along in `pricing_plan_schedule_infos`. Prices are kept and not used.',
      body: subscription,
    },
    'PUT /v1/pricing-plan-subscriptions': {
      summary: 'Create or update a subscription',
      text: 'Updates the one with this id or reference, or creates it. The same body twice changes nothing.',
      body: {
        ...subscription,
        reference: 'harbour-coffee-trial',
        pricing_plan_schedule_infos: [
          {
            pricing_plan_schedule: { type: 'TRIAL', start_at: '2036-01-01T00:00:00Z', end_at: '2036-02-01T00:00:00Z' },
          },
        ],
      },
      differs: 'Finds by id or reference; `custom_field_reference` and `field_actions` are refused (400).',
    },
    'POST /v1/pricing-plan-subscriptions/search': {
      summary: 'Search subscriptions',
      text: 'All parts of the body must hold. An empty body finds everything; a field that is not known is refused.',
      body: { filter_fields: [{ name: 'status', value: 'ACTIVE' }] },
      differs: 'Newest first by default, like every list.',
    },
    'GET /v1/pricing-plan-subscriptions/{resourceId}': {
      summary: 'Read a subscription',
      text: 'One subscription with its schedules.',
    },
    'PATCH /v1/pricing-plan-subscriptions/{resourceId}': {
      summary: 'Change a subscription',
      text: 'What the body leaves out stays, null clears a field, objects are merged and lists replaced.',
      body: { name: 'Team plan, monthly' },
    },
    'POST /v1/pricing-plan-subscriptions/{resourceId}/void': {
      summary: 'Void a subscription',
      text: 'Sets VOID, for good: it was a mistake, and reminds of nothing.',
      differs: 'Its invoices stay as they are: they are yours to write.',
    },
    'POST /v1/pricing-plan-subscriptions/{resourceId}/archive': {
      summary: 'Archive a subscription',
      text: 'Sets ARCHIVED, for good.',
    },
    'POST /v1/pricing-plan-subscriptions/{resourceId}/cancel': {
      summary: 'Cancel a subscription, or take that back',
      text: 'NOW sets CANCELLED at once; the other types say when it ends. A trial that ends after that reminds of nothing.',
      body: { type: 'NOW' },
      differs: 'No payment provider is asked, whatever `cancel_dunning_actions` says.',
    },
  },
};
