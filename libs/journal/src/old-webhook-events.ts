import { type Database } from '#database/database';

/** Bounds each statement: what else wants the table waits no longer. */
const DELETED_AT_ONCE = 2_000;

/**
 * Deletes a batch of the events that are older than `days` days and done with: delivered, given up, or of a webhook that was
 * deleted. What waits for its endpoint stays, and so does what was sent again since.
 * @returns whether there may be more.
 */
export async function forgetOldEvents(database: Pick<Database, 'client'>, days: number): Promise<boolean> {
  const deleted = await database.client.$executeRaw`
    WITH old AS (
      SELECT event.* FROM platform p, LATERAL (
        SELECT e.platform_id, e.id FROM webhook_event e
         WHERE e.platform_id = p.id AND e.created_at < clock_timestamp() - make_interval(days => ${days}::int)
           AND coalesce(e.attempted_at, e.created_at) < clock_timestamp() - make_interval(days => ${days}::int)
           AND (e.status <> 'PENDING' OR NOT EXISTS (
                 SELECT 1 FROM webhook w
                  WHERE w.platform_id = e.platform_id AND w.id = e.webhook_id AND w.deleted_at IS NULL))
         ORDER BY e.created_at, e.id LIMIT ${DELETED_AT_ONCE}::int FOR UPDATE SKIP LOCKED) AS event
      LIMIT ${DELETED_AT_ONCE}::int
    )
    DELETE FROM webhook_event e USING old WHERE e.platform_id = old.platform_id AND e.id = old.id`;
  return deleted === DELETED_AT_ONCE;
}
