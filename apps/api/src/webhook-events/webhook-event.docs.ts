import { type Chapter, EXAMPLE_IDS } from '../documentation/chapter.js';

export const webhookEventDocs: Chapter = {
  tag: 'webhookEvents',
  about: 'What was told to webhooks, what their endpoints said to it, and what still waits.',
  noun: 'webhook event',
  example: {
    object_type: 'WEBHOOK_EVENT',
    id: EXAMPLE_IDS.webhookEvent,
    webhook_id: EXAMPLE_IDS.webhook,
    type: 'CUSTOMER.CREATED',
    resource_type: 'CUSTOMER',
    resource_id: EXAMPLE_IDS.customer,
    status: 'SUCCEEDED',
    attempt_count: 1,
    response_status: 200,
    attempted_at: '2026-02-01T09:30:01Z',
    payload: { type: 'CUSTOMER.CREATED', environment: 'LIVE', created_at: '2026-02-01T09:30:00Z', data: {} },
    created_at: '2026-02-01T09:30:00Z',
  },
  operations: {
    'GET /v1/webhook-events': {
      summary: 'List webhook events',
      text: 'Pages of events, newest first. PENDING ones are still to be delivered.',
      additive: true,
    },
    'GET /v1/webhook-events/{resourceId}': {
      summary: 'Read a webhook event',
      text: 'One event with its payload and the last answer of the endpoint.',
      additive: true,
    },
    'POST /v1/webhook-events/{resourceId}/resend': {
      summary: 'Send an event again',
      text: 'Puts the event into the queue of its webhook once more.',
      additive: true,
    },
  },
};
