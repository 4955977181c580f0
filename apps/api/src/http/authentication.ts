import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database } from '#database/database';
import { DomainError } from '#kernel/errors';
import { type Caller } from './caller.js';

/** A key that was found is not looked up again for so long; so long a deactivated key may still work. */
const REMEMBER_MS = 2_000;
const REMEMBER_KEYS = 1_000;

export interface Credentials {
  'x-api-key'?: string | string[];
  authorization?: string;
  'x-platform-id'?: string | string[];
}

/** Finds out who calls, from the key in `X-API-KEY` or in `Authorization: Bearer`. */
@Injectable()
export class Authentication {
  private readonly known = new Map<string, { caller: Caller; until: number }>();

  constructor(private readonly database: Database) {}

  /**
   * @throws DomainError UNAUTHORISED when there is no key or nobody has it, USER_NOT_ALLOWED when `x-platform-id` names
   *   a platform that is not the key's.
   */
  async authenticate(headers: Credentials): Promise<Caller> {
    const key = keyOf(headers);
    if (!key) {
      throw new DomainError('UNAUTHORISED', 'Send an API key in the header X-API-KEY (or as Authorization: Bearer).');
    }
    const caller = await this.callerOf(createHash('sha256').update(key).digest('hex'));
    if (!caller) {
      throw new DomainError('UNAUTHORISED', 'The API key is unknown or no longer active; ask for a new one.');
    }
    const platformId = headers['x-platform-id'];
    if (platformId !== undefined && platformId !== '' && platformId !== caller.platformId) {
      throw new DomainError('USER_NOT_ALLOWED', 'The API key does not belong to the platform named by x-platform-id.');
    }
    return caller;
  }

  private async callerOf(hash: string): Promise<Caller | null> {
    const known = this.known.get(hash);
    if (known && known.until > performance.now()) return known.caller;
    this.known.delete(hash);
    const row = await this.database.client.apiKey.findUnique({ where: { hash } });
    if (!row?.active) return null;
    const caller = { platformId: row.platformId, apiKeyId: row.id, roleType: row.roleType };
    if (this.known.size >= REMEMBER_KEYS) this.known.clear();
    this.known.set(hash, { caller, until: performance.now() + REMEMBER_MS });
    return caller;
  }
}

function keyOf(headers: Credentials): string | undefined {
  const key = headers['x-api-key'];
  if (typeof key === 'string' && key !== '') return key;
  return /^Bearer +(\S+) *$/i.exec(headers.authorization ?? '')?.[1];
}
