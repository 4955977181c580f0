import { Inject, Injectable } from '@nestjs/common';
import { type CryptoKey, exportJWK, generateKeyPair, importJWK, type JSONWebKeySet, type JWK } from 'jose';
import { openSecrets, sealSecrets } from '#billing/integrations/secret-box';
import { linkSecret } from '#billing/payment-links/link-secret';
import { Database, type Transaction } from '#database/database';
import { sql } from '#database/statement';
import { randomAlphanumerics } from '#kernel/ids';
import { PermanentFailure } from '#kernel/failures';
import { API_CONFIG, type ApiConfig } from '../api.config.js';

export const SIGNING_ALGORITHM = 'ES256';

/** A key signs for so many days, and verifies for one more: no token lives longer than that. */
const SIGNING_DAYS = 30;
const VERIFYING_DAYS = SIGNING_DAYS + 1;
/** After this long a process looks again which keys there are (milliseconds). */
const REMEMBER_MS = 60_000;

export interface SigningKey {
  kid: string;
  key: CryptoKey;
}

interface StoredKey {
  kid: string;
  sealed: string;
}

/**
 * The keys of our access tokens. They are made when they are needed, replaced when they are old, and shared by all processes
 * through the database, the private part sealed with ENCRYPTION_KEY (without one, with the secret of this installation).
 */
@Injectable()
export class SigningKeys {
  private signing: { key: SigningKey; until: number } | null = null;
  private published: { keys: JSONWebKeySet; until: number } | null = null;

  constructor(
    private readonly database: Database,
    @Inject(API_CONFIG) private readonly config: ApiConfig,
  ) {}

  /** The key to sign with now. */
  async current(): Promise<SigningKey> {
    if (this.signing && this.signing.until > performance.now()) return this.signing.key;
    const secret = await linkSecret(this.database, this.config.ENCRYPTION_KEY);
    const key = await this.database.transaction(async (tx) => {
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('signing key', 0))`;
      return (await newest(tx, secret)) ?? (await make(tx, secret));
    });
    this.signing = { key, until: performance.now() + REMEMBER_MS };
    return key;
  }

  /**
   * What tokens are verified with, as it is published.
   * @param looking false takes what was seen within the last minute.
   */
  async publicKeys({ looking }: { looking: boolean }): Promise<JSONWebKeySet> {
    if (!looking && this.published && this.published.until > performance.now()) return this.published.keys;
    const rows = await this.database.query(sql<{ jwk: JWK }>`
      SELECT public_jwk AS jwk FROM signing_key
       WHERE created_at > clock_timestamp() - make_interval(days => ${VERIFYING_DAYS}::int) ORDER BY created_at DESC`);
    const keys = { keys: rows.map(({ jwk }) => jwk) };
    this.published = { keys, until: performance.now() + REMEMBER_MS };
    return keys;
  }
}

/** Null when there is none that is young enough, or ENCRYPTION_KEY has changed since: then a new one is needed. */
async function newest(tx: Transaction, secret: string): Promise<SigningKey | null> {
  const [row] = await tx.$queryRaw<StoredKey[]>`
    SELECT id AS kid, private_jwk AS sealed FROM signing_key
     WHERE created_at > clock_timestamp() - make_interval(days => ${SIGNING_DAYS}::int)
     ORDER BY created_at DESC LIMIT 1`;
  if (!row) return null;
  try {
    return { kid: row.kid, key: await imported(openSecrets(row.sealed, secret)) };
  } catch (error) {
    if (error instanceof PermanentFailure) return null;
    throw error;
  }
}

async function make(tx: Transaction, secret: string): Promise<SigningKey> {
  const kid = randomAlphanumerics(20);
  const pair = await generateKeyPair(SIGNING_ALGORITHM, { extractable: true });
  const publicJwk = { ...(await exportJWK(pair.publicKey)), kid, alg: SIGNING_ALGORITHM, use: 'sig' };
  const sealed = sealSecrets(
    { ...(await exportJWK(pair.privateKey)) } as Record<string, string>,
    secret,
    'signing_key',
  );
  await tx.$executeRaw`
    INSERT INTO signing_key (id, public_jwk, private_jwk)
    VALUES (${kid}, ${JSON.stringify(publicJwk)}::text::jsonb, ${sealed})`;
  return { kid, key: pair.privateKey };
}

async function imported(jwk: JWK): Promise<CryptoKey> {
  const key = await importJWK(jwk, SIGNING_ALGORITHM);
  if (key instanceof Uint8Array) throw new Error('A signing key is stored as a symmetric one.');
  return key;
}
