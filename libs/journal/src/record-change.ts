import { type Transaction } from '#database/database';
import { sql, type Statement } from '#database/statement';
import { currentActor } from '#kernel/actor';
import { newId } from '#kernel/ids';
import { type Change, changedFields, publishedActions } from './change.js';
import { eventsFrom } from './webhook-events.js';
import { withoutSecrets } from './without-secrets.js';

/**
 * Puts on record that a resource was changed, in the transaction of the change: who did it (the current actor) for the audit,
 * and one event for each webhook that wants it. Every write of a resource calls it, whoever asked for the write.
 */
export async function recordChange(tx: Transaction, change: Change): Promise<void> {
  await tx.$executeRaw(changeStatement(change));
}

function changeStatement(stated: Change): Statement {
  const change = { ...stated, before: withoutSecrets(stated.before), after: withoutSecrets(stated.after) };
  const actions = publishedActions(change);
  const audited = auditStatement(change);
  if (actions.length === 0) return audited;
  const { platformId, resourceType, resourceId, before, after } = change;
  return sql`
    WITH audited AS (${audited}) ${eventsFrom(sql`
      SELECT ${platformId}::text AS platform_id, action.place, action.type, ${resourceType}::text AS resource_type,
             ${resourceId}::text AS resource_id, ${JSON.stringify(after)}::text::jsonb AS data,
             ${before && JSON.stringify(before)}::text::jsonb AS previous
        FROM unnest(${actions}::text[]) WITH ORDINALITY AS action(type, place)`)}`;
}

function auditStatement(change: Change): Statement {
  const { platformId, resourceType, resourceId, verb, after } = change;
  const actor = currentActor();
  const fields = changedFields(change);
  const message = change.message ?? (fields && `Changed: ${Object.keys(fields).join(', ')}`);
  const customerId = resourceType === 'CUSTOMER' ? resourceId : after.customer_id;
  return sql`
    INSERT INTO audit_record (platform_id, id, actor_type, user_id, target_entity_id, target_type, target_id, action,
                              message, changes, reference)
    VALUES (${platformId}, ${newId('auditRecord')}, ${actor.type}, ${actor.id},
            ${typeof customerId === 'string' ? customerId : platformId}, ${resourceType}, ${resourceId},
            ${`${resourceType}.${verb}`}, ${message},
            ${fields && JSON.stringify(fields)}::text::jsonb, ${actor.requestId})`;
}
