import { type Chapter, EXAMPLE_IDS, type Json } from '../documentation/chapter.js';

const SENT = { at: '2026-02-01T09:30:01.984Z', elapsed_ms: 1984 };
const execution: Json = {
  object_type: 'WORKFLOW_ACTION_EXECUTION',
  id: EXAMPLE_IDS.execution,
  workflow_id: EXAMPLE_IDS.workflow,
  workflow_action_id: EXAMPLE_IDS.workflowAction,
  workflow_trigger_id: EXAMPLE_IDS.workflowTrigger,
  customer_id: EXAMPLE_IDS.customer,
  invoice_id: EXAMPLE_IDS.invoice,
  type: 'SEND_EMAIL_TO_CUSTOMER',
  status: 'SUCCEEDED',
  due_at: '2026-02-01T09:30:00Z',
  not_after: '2026-03-03T09:30:00Z',
  attempt_count: 1,
  recipients: { to: ['finance@harbour-coffee.example'], cc: [], bcc: [], refused: [] },
  subject: 'Invoice 2026-0042 from Noorderlicht Software B.V.',
  template: 'invoice-final',
  locale: 'en',
  provider: 'SMTP',
  message_id: `<${EXAMPLE_IDS.execution}.1@noorderlicht.example>`,
  payment_link: 'https://billing.example.com/pay/U1lOVEhFVElDLUVYQU1QTEU=',
  action: { version: 1, type: 'SEND_EMAIL_TO_CUSTOMER' },
  timeline: [
    { state: 'RECORDED', at: '2026-02-01T09:30:00.000Z', elapsed_ms: 0 },
    { state: 'SETTLED', ...SENT },
  ],
  created_at: '2026-02-01T09:30:00Z',
  started_at: '2026-02-01T09:30:00Z',
  finished_at: '2026-02-01T09:30:01Z',
};

export const executionDocs: Chapter = {
  tag: 'workflowActionExecutions',
  about: 'What became of every mail: sent, not sent and why, or unknown. Additive: the reference keeps this inside.',
  noun: 'execution',
  example: execution,
  operations: {
    'GET /v1/workflow-action-executions': {
      summary: 'List executions',
      text: 'Pages of executions, newest first unless ordered otherwise.',
      additive: true,
    },
    'POST /v1/workflow-action-executions/search': {
      summary: 'Search executions',
      text: 'All parts of the body must hold; find those of an invoice by `invoice_id`.',
      body: { filter_fields: [{ name: 'status', values: ['FAILED', 'UNKNOWN'] }] },
      additive: true,
    },
    'GET /v1/workflow-action-executions/{resourceId}': {
      summary: 'Read an execution',
      text: 'One execution with its timeline, in milliseconds since the change was recorded.',
      additive: true,
    },
    'GET /v1/workflow-action-executions/{resourceId}/content': {
      summary: 'Read the mail as it was sent',
      text: 'Subject, addresses, HTML and text of the mail, and hashes of what is attached. 404 before it was prepared.',
      answer: {
        subject: execution.subject,
        from: { name: 'Billing', email: 'billing@noorderlicht.example' },
        to: [{ email: 'finance@harbour-coffee.example' }],
        cc: [],
        bcc: [],
        headers: { 'Content-Language': 'en' },
        html: '<!doctype html><html>…</html>',
        text: 'Here is invoice 2026-0042.',
        attachments: [
          { filename: 'invoice-2026-0042.pdf', content_type: 'application/pdf', size: 48213, sha256: 'a3'.repeat(32) },
        ],
      },
      additive: true,
    },
    'POST /v1/workflow-action-executions/{resourceId}/retry': {
      summary: 'Try an execution again',
      text: 'Prepares a FAILED or SKIPPED one anew, with customer and action as they are now. 400 for any other.',
      answer: { ...execution, status: 'PENDING', next_attempt_at: '2026-02-01T09:45:00Z' },
      additive: true,
    },
  },
};
