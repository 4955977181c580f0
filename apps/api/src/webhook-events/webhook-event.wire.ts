import { z } from 'zod';
import { type WebhookEvent } from '#database/database';
import { toWireTime } from '#kernel/local-time';
import { pageOf } from '../http/pages.js';
import { kept } from '../wire/fields.js';

export const WEBHOOK_EVENT_STATUSES = ['PENDING', 'SUCCEEDED', 'FAILED'] as const;

export const webhookEventResponse = z
  .object({
    object_type: z.literal('WEBHOOK_EVENT'),
    id: z.string(),
    webhook_id: z.string(),
    type: z.string().describe('`<RESOURCE>.<ACTION>`, as in GET /v1/webhooks/actions.'),
    resource_type: z.string(),
    resource_id: z.string(),
    status: z.enum(WEBHOOK_EVENT_STATUSES).describe('FAILED: given up after 7 days.'),
    attempt_count: z.int(),
    response_status: z.int().optional().describe('What the endpoint answered last.'),
    message: z.string().optional().describe('Why the last try failed.'),
    attempted_at: z.string().optional(),
    payload: kept.describe('What is sent.'),
    created_at: z.string(),
  })
  .meta({ id: 'WebhookEvent' });
export const webhookEventPage = pageOf(webhookEventResponse, 'WebhookEventResponseWrapper');

export function toWire(row: WebhookEvent) {
  return {
    object_type: 'WEBHOOK_EVENT',
    id: row.id,
    webhook_id: row.webhookId,
    type: row.type,
    resource_type: row.resourceType,
    resource_id: row.resourceId,
    status: row.status,
    attempt_count: row.attemptCount,
    response_status: row.responseStatus ?? undefined,
    message: row.message ?? undefined,
    attempted_at: row.attemptedAt ? toWireTime(row.attemptedAt) : undefined,
    payload: row.payload,
    created_at: toWireTime(row.createdAt),
  };
}
