import { type Transaction } from '#database/database';
import { sql, type Statement } from '#database/statement';
import { recordChange } from '#journal/record-change';
import { eventsFrom } from '#journal/webhook-events';
import { type NewTrigger } from './plan-trigger.js';

/**
 * Tells the webhooks of triggers that the system recorded (e.57), within the statement that records them.
 * @param recorded a part of the statement's WITH that returns whole triggers. Manual ones are left out: `journalManualTrigger`
 *   tells of those.
 */
export function triggerEvents(recorded: Statement): Statement {
  return eventsFrom(sql`
    SELECT platform_id, 1 AS place, 'WORKFLOW_TRIGGER.CREATED' AS type, 'WORKFLOW_TRIGGER' AS resource_type,
           id AS resource_id, NULL::jsonb AS previous,
           jsonb_strip_nulls(jsonb_build_object(
             'object_type', 'WORKFLOW_TRIGGER', 'id', id, 'workflow_id', workflow_id, 'customer_id', customer_id,
             'type', type, lower(resource_type), payload,
             'created_at', to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))) AS data
      FROM ${recorded} WHERE type = 'EVENT'`);
}

/** Somebody asked for a run: that is audited, as every request that changes something. */
export async function journalManualTrigger(
  tx: Transaction,
  { platformId, id, workflowId }: { platformId: string; id: string; workflowId: string },
  { type, customerId, resourceType, payload }: NewTrigger,
): Promise<void> {
  await recordChange(tx, {
    platformId,
    resourceType: 'WORKFLOW_TRIGGER',
    resourceId: id,
    verb: 'CREATED',
    before: null,
    after: {
      object_type: 'WORKFLOW_TRIGGER',
      id,
      workflow_id: workflowId,
      customer_id: customerId,
      type,
      [resourceType.toLowerCase()]: payload,
    },
  });
}
