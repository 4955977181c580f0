import { Global, Module } from '@nestjs/common';
import { AccessTokens } from './access-tokens.js';
import { BearerTokens } from './bearer-tokens.js';
import { KeyCallers } from './key-callers.js';
import { LoginAttempts } from './login-attempts.js';
import { OpenIdIssuer } from './open-id-issuer.js';
import { SigningKeys } from './signing-keys.js';

/** Who calls and what they may do: what the request hooks, keys, roles and tokens stand on. */
@Global()
@Module({
  providers: [AccessTokens, BearerTokens, KeyCallers, LoginAttempts, OpenIdIssuer, SigningKeys],
  exports: [AccessTokens, BearerTokens, KeyCallers, LoginAttempts, SigningKeys],
})
export class AccessModule {}
