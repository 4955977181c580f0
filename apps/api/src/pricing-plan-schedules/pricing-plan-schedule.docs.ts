import { type Chapter, EXAMPLE_IDS, resource } from '../documentation/chapter.js';

const schedule = {
  type: 'TRIAL',
  pricing_plan_subscription_id: EXAMPLE_IDS.subscription,
  pricing_plan: { name: 'Team' },
  start_at: '2036-01-01T00:00:00Z',
  end_at: '2036-02-01T00:00:00Z',
};

export const scheduleDocs: Chapter = {
  tag: 'pricingPlanSchedules',
  about: 'The stretches of time of a subscription. One of type TRIAL ends a trial by its `end_at`.',
  noun: 'schedule',
  example: resource('PRICING_PLAN_SCHEDULE', EXAMPLE_IDS.schedule, schedule),
  operations: {
    'GET /v1/pricing-plan-schedules': {
      summary: 'List schedules',
      text: 'The schedules, of one subscription when you say which.',
    },
    'POST /v1/pricing-plan-schedules': {
      summary: 'Create a schedule',
      text: 'Adds a schedule to a subscription. Its neighbours in time are moved only when you ask for it.',
      body: schedule,
    },
    'GET /v1/pricing-plan-schedules/{resourceId}': { summary: 'Read a schedule', text: 'One schedule.' },
    'PATCH /v1/pricing-plan-schedules/{resourceId}': {
      summary: 'Change a schedule',
      text: 'What the body leaves out stays. A moved end of a trial moves its reminders, and may remind again.',
      body: { end_at: '2036-02-15T00:00:00Z' },
    },
    'DELETE /v1/pricing-plan-schedules/{resourceId}': {
      summary: 'Delete a schedule',
      text: 'Answers it as it was. Its reminders are not sent.',
    },
  },
};
