import { Injectable } from '@nestjs/common';
import { PayLinks } from '#billing/payment-links/pay-link';
import { Database } from '#database/database';
import { DomainError } from '#kernel/errors';
import { type AccessToken, AccessTokens, type TokenSubject } from '../access/access-tokens.js';
import { BearerTokens } from '../access/bearer-tokens.js';
import { LoginAttempts } from '../access/login-attempts.js';
import { isPassword } from '../access/password.js';
import { openPortalUrl } from '../access/portal-access.js';
import { type User, usersNamed } from '../access/user.js';
import { unauthorised } from '../http/authentication.js';
import { type TokenRequest } from './oauth.wire.js';

/** Who logged in by password has to do so again after this long; until then a token can be refreshed. */
const SESSION_HOURS = 12;

@Injectable()
export class OAuthService {
  constructor(
    private readonly database: Database,
    private readonly accessTokens: AccessTokens,
    private readonly bearerTokens: BearerTokens,
    private readonly loginAttempts: LoginAttempts,
    private readonly payLinks: PayLinks,
  ) {}

  /**
   * @param platformId from `x-platform-id`; null when it is not stated.
   * @throws DomainError UNAUTHORISED for credentials that are not right, MISSING_FIELD for ones that are not whole and for
   *   somebody of several platforms who does not say which one is meant.
   */
  async token(
    { token_alias: alias, username, password }: TokenRequest,
    platformId: string | null,
  ): Promise<AccessToken> {
    const now = new Date();
    if (alias != null) return this.portalToken(this.portalUrlId(alias), now, now);
    if (username == null) throw DomainError.missingField('username', 'Send username and password, or a token_alias.');
    if (password == null) throw DomainError.missingField('password', 'Send the password of this username.');
    const { id, platformId: of } = await this.login(username, password, platformId);
    return this.accessTokens.issue({ kind: 'USER', id, platformId: of, authenticatedAt: now }, now, null);
  }

  /** @throws DomainError UNAUTHORISED when the token is none of ours, has ended, or its session or portal URL has. */
  async refresh(bearer: string | undefined): Promise<AccessToken> {
    const subject = bearer === undefined ? null : await this.accessTokens.read(bearer);
    if (bearer === undefined || !subject || !(await this.bearerTokens.callerOf(bearer, null))) {
      throw unauthorised('Send a token of POST /v1/oauth/token that has not ended, as Authorization: Bearer.');
    }
    const now = new Date();
    if (subject.kind === 'PORTAL') return this.portalToken(subject.id, now, subject.authenticatedAt);
    return this.accessTokens.issue(subject, now, sessionEnd(subject, now));
  }

  private portalUrlId(alias: string): string | null {
    return this.payLinks.openAlias(alias) ?? this.payLinks.open(alias);
  }

  private async portalToken(portalUrlId: string | null, now: Date, authenticatedAt: Date): Promise<AccessToken> {
    const portalUrl = portalUrlId === null ? null : await openPortalUrl(this.database, portalUrlId);
    if (!portalUrl) throw unauthorised('This token_alias opens nothing: it is wrong, revoked or expired.');
    const { id, platformId, expiresAt } = portalUrl;
    return this.accessTokens.issue({ kind: 'PORTAL', id, platformId, authenticatedAt }, now, expiresAt);
  }

  private async login(username: string, password: string, platformId: string | null): Promise<User> {
    await this.loginAttempts.begin(username);
    const named = await usersNamed(this.database, username);
    const right: User[] = [];
    // Somebody whom nobody knows costs one comparison as well, so that names cannot be found out by the time it takes.
    for (const user of named.length > 0 ? named : [null]) {
      if ((await isPassword(password, user?.passwordHash ?? null)) && user) right.push(user);
    }
    if (right.length === 0) throw unauthorised('Username or password is wrong.');
    await this.loginAttempts.succeeded(username);
    const meant = platformId === null ? right : right.filter((user) => user.platformId === platformId);
    const [user, another] = meant;
    if (!user) throw new DomainError('USER_NOT_ALLOWED', 'This user does not belong to the platform of x-platform-id.');
    if (another) {
      const message = 'This user belongs to several platforms; say in the header x-platform-id which one is meant.';
      throw DomainError.missingField('x-platform-id', message);
    }
    return user;
  }
}

/** @throws DomainError UNAUTHORISED when the session is over. */
function sessionEnd({ authenticatedAt }: TokenSubject, now: Date): Date {
  const end = new Date(authenticatedAt.getTime() + SESSION_HOURS * 3_600_000);
  if (end <= now) throw unauthorised(`This login is older than ${SESSION_HOURS} hours; log in again.`);
  return end;
}
