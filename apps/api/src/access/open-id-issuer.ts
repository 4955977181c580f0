import { Inject, Injectable } from '@nestjs/common';
import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import { isJsonObject } from '#billing/resources/merge-patch';
import { API_CONFIG, type ApiConfig } from '../api.config.js';

const TIMEOUT_MS = 5_000;

const discovery = z.object({ issuer: z.string(), jwks_uri: z.url() });

/** A role on a platform, both by name (a platform also by id). */
export interface NamedRole {
  platform: string;
  role: string;
}

export interface OpenIdSubject {
  /** `sub`. */
  id: string;
  roles: NamedRole[];
}

/** Reads the tokens of the OpenID Connect issuer that the settings name. Its keys are fetched when first needed, and kept. */
@Injectable()
export class OpenIdIssuer {
  readonly issuer: string | null;
  private keys: Promise<JWTVerifyGetKey> | null = null;

  /** @throws when an issuer is set without an audience: its tokens for other programs would be good here. */
  constructor(@Inject(API_CONFIG) private readonly config: ApiConfig) {
    this.issuer = config.OIDC_ISSUER ?? null;
    if (this.issuer !== null && config.OIDC_AUDIENCE === undefined) {
      throw new Error('OIDC_ISSUER needs OIDC_AUDIENCE: the name under which this API is known to the issuer.');
    }
  }

  /**
   * For whom the token speaks; null when it is not the issuer's, not for us, was changed, or has ended.
   * @throws when the issuer cannot be asked for its keys.
   */
  async read(token: string): Promise<OpenIdSubject | null> {
    const payload = await this.verified(token);
    if (typeof payload?.sub !== 'string') return null;
    return {
      id: payload.sub,
      roles: rolesIn(claimAt(payload, this.config.OIDC_ROLES_CLAIM), this.config.OIDC_PLATFORM),
    };
  }

  private async verified(token: string): Promise<JWTPayload | null> {
    const { issuer } = this;
    const audience = this.config.OIDC_AUDIENCE;
    if (issuer === null || audience === undefined) return null;
    const keys = await this.issuersKeys(issuer);
    try {
      const required = { issuer, audience, requiredClaims: ['exp', 'sub'], clockTolerance: 5 };
      return (await jwtVerify(token, keys, required)).payload;
    } catch (error) {
      if (error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid) throw error;
      // A plain JOSEError is what jose makes of a key document that the issuer did not give.
      if (error instanceof errors.JOSEError && error.code !== 'ERR_JOSE_GENERIC') return null;
      throw error;
    }
  }

  private async issuersKeys(issuer: string): Promise<JWTVerifyGetKey> {
    this.keys ??= discoverKeys(issuer);
    try {
      return await this.keys;
    } catch (error) {
      // The next token asks again.
      this.keys = null;
      throw error;
    }
  }
}

async function discoverKeys(issuer: string): Promise<JWTVerifyGetKey> {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (!response.ok) throw new Error(`The OpenID Connect issuer answered ${response.status} at ${url}.`);
  const configuration = discovery.parse(await response.json());
  if (configuration.issuer !== issuer) {
    throw new Error(
      `The OpenID Connect issuer calls itself ${configuration.issuer}, not ${issuer} as OIDC_ISSUER does.`,
    );
  }
  return createRemoteJWKSet(new URL(configuration.jwks_uri), { timeoutDuration: TIMEOUT_MS });
}

/** `realm_access.roles` → that member of that member; a claim whose own name has dots goes first. */
export function claimAt(payload: JWTPayload, path: string): unknown {
  if (path in payload) return payload[path];
  return path.split('.').reduce<unknown>((at, name) => (isJsonObject(at) ? at[name] : undefined), payload);
}

/** @param platform on which the names are roles; undefined when each states its own, as `<platform>/<role>`. */
export function rolesIn(claim: unknown, platform: string | undefined): NamedRole[] {
  const names = [claim].flat().filter((name) => typeof name === 'string');
  return names.flatMap((name) => {
    if (platform !== undefined) return [{ platform, role: name }];
    const [own, ...role] = name.split('/');
    return own && role.length > 0 ? [{ platform: own, role: role.join('/') }] : [];
  });
}
