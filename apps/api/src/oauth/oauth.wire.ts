import { z } from 'zod';
import { toWireTime } from '#kernel/local-time';
import { type AccessToken } from '../access/access-tokens.js';

export const tokenRequest = z
  .object({
    username: z.string().max(256).nullish(),
    password: z.string().max(1_000).nullish(),
    token_alias: z.string().max(256).nullish().describe('The alias of a portal URL, or its whole token.'),
  })
  .meta({ id: 'OAuthCredentialRequestCreateRequest' });

export type TokenRequest = z.output<typeof tokenRequest>;

export const jwtToken = z
  .object({
    issued_at: z.string().nullish(),
    access_token: z.string(),
    expires_in: z.int().describe('Seconds.'),
    expires_at: z.string().nullish(),
    token_type: z.string(),
    scope: z.string().nullish(),
    id_token: z.string().nullish(),
  })
  .meta({ id: 'JwtToken' });

export function toWire({ token, issuedAt, expiresAt }: AccessToken) {
  return {
    issued_at: toWireTime(issuedAt),
    access_token: token,
    expires_in: Math.max(0, Math.round((expiresAt.getTime() - issuedAt.getTime()) / 1000)),
    expires_at: toWireTime(expiresAt),
    token_type: 'Bearer',
  };
}
