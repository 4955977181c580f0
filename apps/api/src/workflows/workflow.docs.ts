import { type Chapter, EXAMPLE_IDS, resource } from '../documentation/chapter.js';

const workflow = {
  name: 'Invoice is final',
  reference: 'invoice-is-final',
  type: 'INVOICE',
  status: 'ACTIVE',
  invoice: { variant: 'TO_FINAL' },
};

export const workflowDocs: Chapter = {
  tag: 'workflows',
  about: 'When something is done: what happens to an invoice, a payment, a trial or a wallet.',
  noun: 'workflow',
  example: resource('WORKFLOW', EXAMPLE_IDS.workflow, workflow),
  operations: {
    'GET /v1/workflows': {
      summary: 'List workflows',
      text: 'Pages of workflows, newest first unless ordered otherwise.',
    },
    'POST /v1/workflows': {
      summary: 'Create a workflow',
      text: 'State the block of its type. What fell due before it became ACTIVE is not mailed. A DRAFT may be incomplete.',
      body: workflow,
    },
    'POST /v1/workflows/search': {
      summary: 'Search workflows',
      text: 'All parts of the body must hold. Archived workflows are found as well, unless `statuses[]` says otherwise.',
      body: { filter_fields: [{ name: 'type', value: 'INVOICE' }] },
      differs: '`selection_rule_fields` must be empty: they are about subscriptions.',
    },
    'GET /v1/workflows/{resourceIdOrReference}': { summary: 'Read a workflow', text: 'One workflow.' },
    'PATCH /v1/workflows/{resourceIdOrReference}': {
      summary: 'Change a workflow',
      text: 'What the body leaves out stays. Steps that are added count from now on. The type never changes, and nothing of an archived workflow does.',
      body: { description: 'Mails every invoice with its PDF' },
    },
    'POST /v1/workflows/{resourceIdOrReference}/activate': {
      summary: 'Activate a workflow',
      text: 'Sets ACTIVE. It must be complete; otherwise 400 says what is missing.',
    },
    'POST /v1/workflows/{resourceIdOrReference}/deactivate': {
      summary: 'Deactivate a workflow',
      text: 'Sets INACTIVE: it starts nothing, and its mails that have not left are SKIPPED.',
    },
    'POST /v1/workflows/{resourceIdOrReference}/archive': {
      summary: 'Archive a workflow',
      text: 'Sets ARCHIVED, for good. Doing it twice changes nothing.',
    },
  },
};
