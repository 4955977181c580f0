import { type Chapter, EXAMPLE_IDS } from '../documentation/chapter.js';

export const auditRecordDocs: Chapter = {
  tag: 'auditRecords',
  about: 'Who changed what, and when. Records are only ever added.',
  noun: 'audit record',
  example: {
    object_type: 'AUDIT_RECORD',
    id: EXAMPLE_IDS.auditRecord,
    user_id: EXAMPLE_IDS.apiKey,
    actor_type: 'API_KEY',
    target_entity_id: EXAMPLE_IDS.customer,
    target_platform_id: EXAMPLE_IDS.platform,
    target_resource_type: 'CUSTOMER',
    target_id: EXAMPLE_IDS.customer,
    target_environment: 'LIVE',
    action: 'CUSTOMER.UPDATED',
    created_at: '2026-02-01T09:30:00Z',
    changes: { locale: { before: 'en-GB', after: 'nl-NL' } },
    reference: EXAMPLE_IDS.request,
  },
  operations: {
    'GET /v1/audit-records': {
      summary: 'List audit records',
      text: 'Pages of records, newest first: what keys and users changed, and what the system did by itself.',
    },
    'GET /v1/audit-records/{resourceId}': { summary: 'Read an audit record', text: 'One record.' },
  },
};
