import { z } from 'zod';
import { type AuditRecord } from '#database/database';
import { toWireTime } from '#kernel/local-time';
import { pageOf } from '../http/pages.js';

export const auditRecordResponse = z
  .object({
    object_type: z.string().nullish(),
    id: z.string().nullish(),
    user_id: z.string().nullish().describe('The user or the API key that did it; absent for what the system did.'),
    actor_type: z.enum(['API_KEY', 'USER', 'SYSTEM']).optional(),
    target_entity_id: z.string().nullish().describe('The customer that the target belongs to, else the platform.'),
    target_platform_id: z.string().nullish(),
    target_resource_type: z.string().nullish(),
    target_id: z.string().nullish(),
    target_environment: z.string().nullish(),
    action: z.string().nullish().describe('`<RESOURCE>.<VERB>`: CONTACT.UPDATED.'),
    created_at: z.string().nullish(),
    message: z.string().nullish(),
    changes: z
      .record(z.string(), z.object({ before: z.unknown(), after: z.unknown() }))
      .optional()
      .describe('What an update changed, by field; gone when the person concerned was forgotten.'),
    reference: z.string().nullish().describe('The id of the request.'),
    idempotency_key: z.string().nullish(),
  })
  .meta({ id: 'AuditRecord' });
export const auditRecordPage = pageOf(auditRecordResponse, 'AuditRecordResponseWrapper');

export function toWire(row: AuditRecord) {
  return {
    object_type: 'AUDIT_RECORD',
    id: row.id,
    user_id: row.userId ?? undefined,
    actor_type: row.actorType,
    target_entity_id: row.targetEntityId,
    target_platform_id: row.platformId,
    target_resource_type: row.targetType,
    target_id: row.targetId,
    target_environment: 'LIVE',
    action: row.action,
    created_at: toWireTime(row.createdAt),
    message: row.message ?? undefined,
    changes: row.changes ?? undefined,
    reference: row.reference ?? undefined,
    idempotency_key: row.idempotencyKey ?? undefined,
  };
}
