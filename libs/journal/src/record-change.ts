import { type Transaction } from '#database/database';
import { sql, type Statement } from '#database/statement';
import { auditFrom } from './audit-records.js';
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
  const fields = changedFields(change);
  const message = change.message ?? (fields && `Changed: ${Object.keys(fields).join(', ')}`);
  const customerId = resourceType === 'CUSTOMER' ? resourceId : after.customer_id;
  return auditFrom(sql`
    SELECT ${platformId}::text AS platform_id, ${typeof customerId === 'string' ? customerId : null}::text AS customer_id,
           ${resourceType}::text AS target_type, ${resourceId}::text AS target_id, ${verb}::text AS verb,
           ${message}::text AS message, ${fields && JSON.stringify(fields)}::text::jsonb AS changes`);
}
