import { type Database } from '#database/database';
import { sql } from '#database/statement';

/** A portal URL that is published and has not expired. */
export interface OpenPortalUrl {
  platformId: string;
  id: string;
  expiresAt: Date | null;
}

/** Null when it is not there, was revoked, or has expired: then its tokens end as well (e.65). */
export async function openPortalUrl(database: Database, id: string): Promise<OpenPortalUrl | null> {
  const [row] = await database.query(sql<OpenPortalUrl>`
    SELECT platform_id AS "platformId", id, expires_at AS "expiresAt" FROM portal_url
     WHERE id = ${id} AND deleted_at IS NULL AND status = 'PUBLISHED' AND (expires_at IS NULL OR expires_at > clock_timestamp())`);
  return row ?? null;
}
