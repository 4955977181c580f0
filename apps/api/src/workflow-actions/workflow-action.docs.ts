import { type Chapter, EXAMPLE_IDS, resource } from '../documentation/chapter.js';

const action = {
  workflow_id: EXAMPLE_IDS.workflow,
  type: 'SEND_EMAIL_TO_CUSTOMER',
  status: 'ACTIVE',
  send_email_to_customer: {
    integration_id: EXAMPLE_IDS.integration,
    template_name: 'invoice-final',
    from: { name: 'Billing', email: 'billing@noorderlicht.example' },
    variant: 'INVOICE',
    invoice: { type: 'TO_FINAL', include_pdf: true, include_payment_link: true },
  },
};

export const workflowActionDocs: Chapter = {
  tag: 'workflowActions',
  about: 'What a workflow does: the mail that it sends.',
  noun: 'workflow action',
  example: resource('WORKFLOW_ACTION', EXAMPLE_IDS.workflowAction, action),
  operations: {
    'GET /v1/workflow-actions': {
      summary: 'List workflow actions',
      text: 'A bare list, as in the reference; the headers `Link` and `X-Total-Count` say where the other pages are.',
    },
    'POST /v1/workflow-actions': {
      summary: 'Create a workflow action',
      text: 'Unless it is a DRAFT, it needs an integration of type EMAIL_PROVIDER, a template and a sender.',
      body: action,
    },
    'GET /v1/workflow-actions/{resourceId}': { summary: 'Read a workflow action', text: 'One action.' },
    'PATCH /v1/workflow-actions/{resourceId}': {
      summary: 'Change a workflow action',
      text: 'What the body leaves out stays. Mails that are planned go as the action was when they were planned.',
      body: { send_email_to_customer: { cc_recipients: ['accounts@noorderlicht.example'] } },
    },
    'DELETE /v1/workflow-actions/{resourceId}': {
      summary: 'Delete a workflow action',
      text: 'Answers it as it was. What it sent stays on record.',
    },
  },
};
