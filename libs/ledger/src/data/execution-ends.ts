import { sql, type Statement } from '#database/statement';
import { auditFrom } from '#journal/audit-records';
import { eventsFrom } from '#journal/webhook-events';

/** As instants are written on the wire; null stays null. */
const time = (instant: Statement) => sql`to_char(${instant} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;

const ENDED = sql`state IN ('SUCCEEDED', 'FAILED', 'SKIPPED', 'CANCELLED', 'UNKNOWN')`;

/**
 * Puts on record that executions have ended, within the statement that ends them: tells the webhooks (e.57), and the audit
 * (e.56). Two parts of the statement's WITH.
 * @param written a part before them that returns whole executions; those that have not ended are left out.
 */
export function journalOfEnds(written: Statement): Statement {
  return sql`told AS (${executionEvents(written)}), audited AS (${executionAudit(written)})`;
}

function executionEvents(written: Statement): Statement {
  return eventsFrom(sql`
    SELECT platform_id, 1 AS place, 'WORKFLOW_ACTION_EXECUTION.' || state AS type,
           'WORKFLOW_ACTION_EXECUTION' AS resource_type, id AS resource_id, NULL::jsonb AS previous,
           jsonb_strip_nulls(jsonb_build_object(
             'object_type', 'WORKFLOW_ACTION_EXECUTION', 'id', id, 'workflow_id', workflow_id, 'workflow_action_id', action_id,
             'workflow_trigger_id', trigger_id, 'customer_id', customer_id, 'invoice_id', invoice_id, 'payment_id', payment_id,
             'type', action_type, 'status', state, 'reason', reason, 'reason_message', reason_message,
             'attempt_count', attempt_count, 'recipients', recipients, 'subject', subject, 'template', template,
             'locale', locale, 'provider', provider, 'provider_message_id', provider_message_id, 'message_id', message_id,
             'due_at', ${time(sql`due_at`)}, 'created_at', ${time(sql`created_at`)},
             'finished_at', ${time(sql`finished_at`)})) AS data
      FROM ${written} WHERE ${ENDED}`);
}

/** The code alone says why: sentences repeat what mail servers said, addresses with it, and an audit record stays for ever. */
function executionAudit(written: Statement): Statement {
  return auditFrom(sql`
    SELECT platform_id, customer_id, 'WORKFLOW_ACTION_EXECUTION' AS target_type, id AS target_id, state AS verb,
           'Reason: ' || reason AS message, NULL::jsonb AS changes
      FROM ${written} WHERE ${ENDED}`);
}
