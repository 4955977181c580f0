import { type Chapter, EXAMPLE_IDS, type Json } from '../documentation/chapter.js';

const fields = {
  type: 'MANUAL',
  workflow_id: EXAMPLE_IDS.workflow,
  invoice: { invoice_id: EXAMPLE_IDS.invoice, manual: { variant: 'TO_FINAL' } },
};
const trigger: Json = {
  object_type: 'WORKFLOW_TRIGGER',
  id: EXAMPLE_IDS.workflowTrigger,
  customer_id: EXAMPLE_IDS.customer,
  ...fields,
  status: 'PENDING',
  created_at: '2026-02-01T09:30:00Z',
};

export const workflowTriggerDocs: Chapter = {
  tag: 'workflowTriggers',
  about: 'Runs of workflows: one for each thing that happened, and one for each run that somebody asked for.',
  noun: 'workflow trigger',
  example: trigger,
  operations: {
    'GET /v1/workflow-triggers': {
      summary: 'List workflow triggers',
      text: 'Pages of triggers, newest first unless ordered otherwise.',
    },
    'POST /v1/workflow-triggers': {
      summary: 'Run a workflow now',
      text: 'For exactly one invoice, payment, subscription or wallet. It does not ask whether it is time, or whether it is paid; a customer who wants no mail gets none all the same.',
      body: fields,
      differs: 'EVENT is refused (400): only the system records what it saw.',
    },
    'POST /v1/workflow-triggers/search': {
      summary: 'Search workflow triggers',
      text: 'All parts of the body must hold; find those of an invoice by `invoice_id`.',
      body: { filter_fields: [{ name: 'type', value: 'MANUAL' }] },
      differs: 'Newest first by default: a trigger has no name to order by.',
    },
    'GET /v1/workflow-triggers/{resourceId}': {
      summary: 'Read a workflow trigger',
      text: 'One trigger and how its executions stand. Triggers never change.',
    },
  },
};
