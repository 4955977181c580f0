import { Injectable } from '@nestjs/common';
import { hashOfKey } from '../access/api-key.js';
import { BearerTokens, isToken } from '../access/bearer-tokens.js';
import { KeyCallers } from '../access/key-callers.js';
import { DomainError } from '#kernel/errors';
import { type Caller } from './caller.js';

export interface Credentials {
  'x-api-key'?: string | string[];
  authorization?: string;
  'x-platform-id'?: string | string[];
}

/** Finds out who calls: by the key in `X-API-KEY`, or by the key or token in `Authorization: Bearer`. */
@Injectable()
export class Authentication {
  constructor(
    private readonly keys: KeyCallers,
    private readonly tokens: BearerTokens,
  ) {}

  /**
   * @throws DomainError UNAUTHORISED when there is no credential or nobody has it, USER_NOT_ALLOWED when `x-platform-id` names
   *   a platform that is not the caller's, MISSING_FIELD when it has to say which of several is meant (e.55).
   */
  async authenticate(headers: Credentials): Promise<Caller> {
    const stated = headers['x-platform-id'];
    const platformId = typeof stated === 'string' && stated !== '' ? stated : null;
    const caller = await this.callerOf(headers, platformId);
    if (platformId !== null && platformId !== caller.platformId) {
      throw new DomainError(
        'USER_NOT_ALLOWED',
        'What you sent does not belong to the platform named by x-platform-id.',
      );
    }
    return caller;
  }

  private async callerOf(headers: Credentials, platformId: string | null): Promise<Caller> {
    const bearer = bearerOf(headers.authorization);
    const key = keyIn(headers) ?? bearer;
    if (key === undefined) {
      throw unauthorised('Send an API key in the header X-API-KEY, or an API key or a token as Authorization: Bearer.');
    }
    if (key === bearer && isToken(bearer)) {
      const caller = await this.tokens.callerOf(bearer, platformId);
      if (caller) return caller;
      throw unauthorised('The token has ended or is not valid; ask for a new one.');
    }
    const caller = await this.keys.callerOf(hashOfKey(key));
    if (caller) return caller;
    throw unauthorised('The API key is unknown or not active; ask for a new one.');
  }
}

export function unauthorised(message: string): DomainError {
  return new DomainError('UNAUTHORISED', message);
}

function keyIn({ 'x-api-key': key }: Credentials): string | undefined {
  return typeof key === 'string' && key !== '' ? key : undefined;
}

/** What follows `Bearer` in an Authorization header. */
export function bearerOf(authorization: string | undefined): string | undefined {
  return /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1];
}
