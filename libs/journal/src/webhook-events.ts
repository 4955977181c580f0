import { sql, type Statement } from '#database/statement';
import { currentActor } from '#kernel/actor';
import { idPerRow } from './new-ids.js';

/** For so long an event is tried (days). */
const KEPT_DAYS = 7;

/**
 * Inserts the events of what happened, one for each endpoint that wants them; stands in a WITH of the statement that makes
 * it happen, so that both commit together. Nothing is inserted, and nothing is computed, where no endpoint is active.
 *
 * @param happenings rows of `platform_id, place, type, resource_type, resource_id, data, previous`: told in the order of
 *   `place`; data and previous are jsonb, previous may be null.
 */
export function eventsFrom(happenings: Statement): Statement {
  return sql`
    INSERT INTO webhook_event (platform_id, id, webhook_id, type, resource_type, resource_id, payload, expires_at)
    SELECT told.platform_id, told.id, told.webhook_id, told.type, told.resource_type, told.resource_id,
           jsonb_build_object('id', told.id, 'type', told.type, 'environment', 'LIVE', 'data', told.data,
             'created_at', to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))
             || CASE WHEN told.request IS NULL THEN '{}' ELSE jsonb_build_object('original_request_id', told.request) END
             || CASE WHEN told.with_previous THEN jsonb_build_object('previous_data', told.previous) ELSE '{}' END,
           clock_timestamp() + ${KEPT_DAYS}::int * interval '1 day'
      FROM (
        SELECT happening.*, w.id AS webhook_id, ${currentActor().requestId}::text AS request,
               ${idPerRow('webhookEvent')} AS id,
               coalesce((w.document->>'include_previous_data')::boolean, false) AS with_previous
          FROM webhook w, LATERAL (${happenings}) AS happening
         WHERE w.platform_id = happening.platform_id AND w.status = 'ACTIVE' AND w.deleted_at IS NULL
           AND w.id <> happening.resource_id AND ${wants(sql`happening.type`)}
      ) AS told
     ORDER BY told.place`;
}

/** Whether the endpoint w wants a type of event: none included means all, what is excluded wins. */
function wants(type: Statement): Statement {
  const names = sql`ARRAY[${type}, CASE WHEN ${type} LIKE '%.DELETE' THEN ${type} || 'D' ELSE ${type} END]`;
  const listed = (field: string) =>
    sql`coalesce(jsonb_exists_any(nullif(w.document->${field}, 'null'), ${names}), false)`;
  return sql`(coalesce(w.document->'included_actions', '[]') IN ('[]', 'null') OR ${listed('included_actions')})
             AND NOT ${listed('excluded_actions')}`;
}
