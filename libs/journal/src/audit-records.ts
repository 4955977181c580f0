import { sql, type Statement } from '#database/statement';
import { currentActor } from '#kernel/actor';
import { idPerRow } from './new-ids.js';

/**
 * Inserts the audit records of what happened, in the name of the current actor (e.56); is, or stands in a WITH of, the
 * statement that makes it happen, so that both commit together.
 *
 * @param happenings rows of `platform_id, customer_id, target_type, target_id, verb, message, changes`: texts, but for the
 *   changes, which are jsonb. Without a customer the target belongs to the platform.
 */
export function auditFrom(happenings: Statement): Statement {
  const actor = currentActor();
  return sql`
    INSERT INTO audit_record (platform_id, id, actor_type, user_id, target_entity_id, target_type, target_id, action,
                              message, changes, reference, idempotency_key)
    SELECT platform_id, ${idPerRow('auditRecord')}, ${actor.type}::text, ${actor.id}::text,
           coalesce(customer_id, platform_id), target_type, target_id, target_type || '.' || verb, message, changes,
           ${actor.requestId}::text, ${actor.idempotencyKey ?? null}::text
      FROM (${happenings}) AS happening`;
}
