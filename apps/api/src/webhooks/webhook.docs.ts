import { type Chapter, EXAMPLE_IDS, resource } from '../documentation/chapter.js';

const webhook = {
  name: 'Back office',
  reference: 'back-office',
  url: 'https://hooks.example.com/billing',
  active: true,
  included_actions: ['WORKFLOW_ACTION_EXECUTION.SUCCEEDED', 'WORKFLOW_ACTION_EXECUTION.FAILED'],
};
const test = { successful: true, message: 'The endpoint answered 200.' };

export const webhookDocs: Chapter = {
  tag: 'webhooks',
  about: 'Endpoints of yours that are told what happened, signed and in order.',
  noun: 'webhook',
  example: resource('WEBHOOK', EXAMPLE_IDS.webhook, { ...webhook, authentication_type: 'NONE' }),
  operations: {
    'GET /v1/webhooks': {
      summary: 'List webhooks',
      text: 'Pages of webhooks, newest first. Secrets are never answered.',
    },
    'POST /v1/webhooks': {
      summary: 'Create a webhook',
      text: 'Answers the `secret_key` this once; it signs what is sent. Without `included_actions` everything is sent.',
      body: webhook,
    },
    'GET /v1/webhooks/actions': {
      summary: 'List what can be told',
      text: 'The actions by kind of resource, as `included_actions` takes them.',
      answer: { data: [{ object_type: 'INVOICE', actions: ['INVOICE.CREATED', 'INVOICE.UPDATED', 'INVOICE.PAID'] }] },
      differs: 'Workflows, triggers and executions tell as well; resources that are not here do not.',
    },
    'POST /v1/webhooks/test-connection': {
      summary: 'Try an endpoint before it is stored',
      text: 'Posts a test event there. 200 also when it fails: `successful` and `message` say how it went.',
      body: { ...webhook, reference: 'not-stored' },
      answer: test,
    },
    'GET /v1/webhooks/{resourceId}': {
      summary: 'Read a webhook',
      text: 'One webhook, and what waits when its endpoint fails.',
    },
    'PATCH /v1/webhooks/{resourceId}': {
      summary: 'Change a webhook',
      text: 'What the body leaves out stays. While `active` is false no events are written for it.',
      body: { name: 'Back office, mails', include_previous_data: true },
    },
    'DELETE /v1/webhooks/{resourceId}': {
      summary: 'Delete a webhook',
      text: 'Answers it as it was. What waited is not sent.',
    },
    'PATCH /v1/webhooks/{resourceId}/secret-key': {
      summary: 'Roll the signing key',
      text: 'Takes the key of the body or makes one, and answers it this once. For a day the previous key signs too.',
      body: {},
    },
    'DELETE /v1/webhooks/{resourceId}/secret-key': {
      summary: 'Take the signing key away',
      text: 'For a day the old key goes on to sign; then nothing is signed until a key is rolled in.',
    },
    'POST /v1/webhooks/{resourceId}/send-test': {
      summary: 'Send a test event',
      text: 'Posts a test event to the endpoint. 200 also when it fails: `successful` and `message` say how it went.',
      answer: test,
    },
    'POST /v1/webhooks/{resourceId}/send-penalty-box-payload': {
      summary: 'Send what waits now',
      text: 'Tries the event that waits at the head of the queue, without waiting for its time.',
      answer: { successful: false, message: 'Nothing waits in the penalty box.' },
    },
  },
};
