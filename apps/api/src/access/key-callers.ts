import { timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database } from '#database/database';
import { sql } from '#database/statement';
import { type Caller } from '../http/caller.js';
import { rightsOfKey } from './api-key.js';
import { roleTreeOf, type StoredRole } from './role.js';

interface KeyRow {
  platformId: string;
  id: string;
  hash: string;
  roleType: string;
  memberships: unknown;
  roles: StoredRole[] | null;
}

/**
 * Finds the caller of an API key. Nothing is remembered from one request to the next, so that a key that is switched off is off
 * at once in every process (e.64); requests of the same moment share one look.
 */
@Injectable()
export class KeyCallers {
  private readonly looking = new Map<string, Promise<Caller | null>>();

  constructor(private readonly database: Database) {}

  /** Null when nobody has a key of this hash, or it is not active. */
  async callerOf(hash: string): Promise<Caller | null> {
    const others = this.looking.get(hash);
    if (others) return others;
    const look = this.look(hash).finally(() => this.looking.delete(hash));
    this.looking.set(hash, look);
    return look;
  }

  private async look(hash: string): Promise<Caller | null> {
    const [row] = await this.database.query(keyStatement(hash));
    if (!row || !timingSafeEqual(Buffer.from(row.hash), Buffer.from(hash))) return null;
    const { platformId, id, roleType, memberships } = row;
    const rights = rightsOfKey({ roleType, memberships }, roleTreeOf(row.roles ?? []));
    return { platformId, type: 'API_KEY', id, rights };
  }
}

/** Records the use as well, but writes at most once a minute and never waits for somebody who is changing the key. */
function keyStatement(hash: string) {
  return sql<KeyRow>`
    WITH used AS (
      UPDATE api_key SET last_used_at = clock_timestamp()
       WHERE (platform_id, id) IN (
               SELECT platform_id, id FROM api_key
                WHERE hash = ${hash} AND status = 'ACTIVE' AND deleted_at IS NULL
                  AND (last_used_at IS NULL OR last_used_at < clock_timestamp() - interval '1 minute')
                  FOR NO KEY UPDATE SKIP LOCKED)
    )
    SELECT platform_id AS "platformId", id, hash, role_type AS "roleType",
           document->'account_memberships' AS memberships,
           CASE WHEN document->'account_memberships' IS NOT NULL
                THEN (SELECT jsonb_agg(jsonb_build_object('id', r.id, 'document', r.document))
                        FROM role r WHERE r.platform_id = k.platform_id AND r.deleted_at IS NULL) END AS roles
      FROM api_key k
     WHERE hash = ${hash} AND status = 'ACTIVE' AND deleted_at IS NULL`;
}
