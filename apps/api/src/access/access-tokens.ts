import { Inject, Injectable } from '@nestjs/common';
import { createLocalJWKSet, errors, jwtVerify, type JWTVerifyGetKey, SignJWT } from 'jose';
import { z } from 'zod';
import { API_CONFIG, type ApiConfig } from '../api.config.js';
import { SIGNING_ALGORITHM, SigningKeys } from './signing-keys.js';

/** `iss` and `aud` of our tokens: they are for us alone. */
export const OWN_ISSUER = 'billing-workflows';
const TYPE = 'at+jwt';

const claims = z.object({
  sub: z.string(),
  platform_id: z.string(),
  kind: z.enum(['USER', 'PORTAL']),
  /** When the password or the alias was given, in seconds since 1970. */
  auth_time: z.number(),
  exp: z.number(),
});

/** For whom a token speaks. */
export interface TokenSubject {
  kind: 'USER' | 'PORTAL';
  /** Of the user or the portal URL. */
  id: string;
  platformId: string;
  /** Refreshing does not move it. */
  authenticatedAt: Date;
}

export interface AccessToken {
  token: string;
  issuedAt: Date;
  expiresAt: Date;
}

/** Issues and reads our own access tokens (JWT, ES256). What they allow is looked up each time, not written in them. */
@Injectable()
export class AccessTokens {
  constructor(
    private readonly keys: SigningKeys,
    @Inject(API_CONFIG) private readonly config: ApiConfig,
  ) {}

  /** @param latest when it has to end at the latest, if that is sooner than ACCESS_TOKEN_MINUTES from `now`. */
  async issue(subject: TokenSubject, now: Date, latest: Date | null): Promise<AccessToken> {
    const end = now.getTime() + this.config.ACCESS_TOKEN_MINUTES * 60_000;
    const issuedAt = wholeSecond(now.getTime());
    const expiresAt = wholeSecond(Math.min(end, latest?.getTime() ?? end));
    const { kid, key } = await this.keys.current();
    const token = await new SignJWT({
      platform_id: subject.platformId,
      kind: subject.kind,
      auth_time: seconds(subject.authenticatedAt),
    })
      .setProtectedHeader({ alg: SIGNING_ALGORITHM, kid, typ: TYPE })
      .setIssuer(OWN_ISSUER)
      .setAudience(OWN_ISSUER)
      .setSubject(subject.id)
      .setIssuedAt(seconds(issuedAt))
      .setExpirationTime(seconds(expiresAt))
      .sign(key);
    return { token, issuedAt, expiresAt };
  }

  /** For whom the token speaks; null when it is not one of ours, was changed, or has ended. */
  async read(token: string): Promise<TokenSubject | null> {
    const payload = await this.verified(token, false);
    const parsed = claims.safeParse(payload);
    if (!parsed.success) return null;
    const { sub, platform_id, kind, auth_time } = parsed.data;
    return { kind, id: sub, platformId: platform_id, authenticatedAt: new Date(auth_time * 1000) };
  }

  private async verified(token: string, looking: boolean): Promise<unknown> {
    const keys: JWTVerifyGetKey = createLocalJWKSet(await this.keys.publicKeys({ looking }));
    const expected = { issuer: OWN_ISSUER, audience: OWN_ISSUER, typ: TYPE, algorithms: [SIGNING_ALGORITHM] };
    try {
      return (await jwtVerify(token, keys, expected)).payload;
    } catch (error) {
      // Another process may have made the key a moment ago.
      if (error instanceof errors.JWKSNoMatchingKey && !looking) return this.verified(token, true);
      if (error instanceof errors.JOSEError) return null;
      throw error;
    }
  }
}

function seconds(time: Date): number {
  return Math.floor(time.getTime() / 1000);
}

function wholeSecond(time: number): Date {
  return new Date(Math.floor(time / 1000) * 1000);
}
