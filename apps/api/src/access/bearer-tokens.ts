import { Injectable } from '@nestjs/common';
import { decodeJwt } from 'jose';
import { Database } from '#database/database';
import { sql } from '#database/statement';
import { DomainError } from '#kernel/errors';
import { type Caller } from '../http/caller.js';
import { AccessTokens, OWN_ISSUER, type TokenSubject } from './access-tokens.js';
import { OpenIdIssuer, type OpenIdSubject } from './open-id-issuer.js';
import { openPortalUrl } from './portal-access.js';
import { NO_RIGHTS } from './rights.js';
import { readRoleTree } from './role.js';

/** Whether a bearer credential is a token and not an API key. */
export function isToken(credential: string): boolean {
  return /^eyJ[\w-]+\.[\w-]+\.[\w-]+$/.test(credential);
}

/** Finds the caller of a bearer token: one of ours, or one of the OpenID Connect issuer that the settings name. */
@Injectable()
export class BearerTokens {
  constructor(
    private readonly database: Database,
    private readonly accessTokens: AccessTokens,
    private readonly openId: OpenIdIssuer,
  ) {}

  /**
   * Null when the token is nobody's, or whom it was given to may not come in any more.
   * @param platformId from `x-platform-id`; null when it is not stated.
   */
  async callerOf(token: string, platformId: string | null): Promise<Caller | null> {
    const issuer = issuerOf(token);
    if (issuer === OWN_ISSUER) {
      const subject = await this.accessTokens.read(token);
      return subject && this.ownCaller(subject);
    }
    if (issuer === null || issuer !== this.openId.issuer) return null;
    const subject = await this.openId.read(token);
    return subject && this.openIdCaller(subject, platformId);
  }

  private async ownCaller({ kind, platformId, id }: TokenSubject): Promise<Caller | null> {
    if (kind === 'PORTAL') {
      const portalUrl = await openPortalUrl(this.database, id);
      return portalUrl?.platformId === platformId ? { platformId, type: 'PORTAL', id, rights: NO_RIGHTS } : null;
    }
    const [user] = await this.database.query(sql<{ roleIds: string[] }>`
      SELECT role_ids AS "roleIds" FROM app_user
       WHERE platform_id = ${platformId} AND id = ${id} AND status = 'ACTIVE'`);
    if (!user) return null;
    const tree = await readRoleTree(this.database.client, platformId);
    return { platformId, type: 'USER', id, rights: tree.rightsOf(user.roleIds) };
  }

  /** @throws DomainError when the token gives nothing on the platform meant, or on several and none is stated (e.55). */
  private async openIdCaller(subject: OpenIdSubject, stated: string | null): Promise<Caller> {
    const names = [...new Set(subject.roles.map(({ platform }) => platform))];
    const platforms = await this.database.query(sql<{ id: string; name: string }>`
      SELECT id, name FROM platform WHERE name = ANY(${names}::text[]) OR id = ANY(${names}::text[])`);
    const meant = stated === null ? platforms : platforms.filter(({ id }) => id === stated);
    const [platform, another] = meant;
    if (!platform) throw new DomainError('USER_NOT_ALLOWED', 'The token names no role on this platform.');
    if (another) {
      const message = 'The token has roles on several platforms; say in the header x-platform-id which one is meant.';
      throw DomainError.missingField('x-platform-id', message);
    }
    const tree = await readRoleTree(this.database.client, platform.id);
    const roleIds = subject.roles
      .filter((role) => role.platform === platform.name || role.platform === platform.id)
      .flatMap(({ role }) => tree.byName(role)?.id ?? []);
    return { platformId: platform.id, type: 'USER', id: subject.id, rights: tree.rightsOf(roleIds) };
  }
}

/** Who says to have issued a token; nothing is verified yet. Null when it is no token at all. */
function issuerOf(token: string): string | null {
  try {
    return decodeJwt(token).iss ?? null;
  } catch {
    // Three words with dots between them, but no JWT: nobody's.
    return null;
  }
}
