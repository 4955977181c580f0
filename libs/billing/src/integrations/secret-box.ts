import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { DomainError } from '#kernel/errors';
import { PermanentFailure } from '#kernel/failures';

/** What an integration keeps secret, by name: `password`, `api_key`, … */
export type Secrets = Record<string, string>;

/** First byte of what is stored: which key and which form. A further key gets a further number. */
const VERSION = 1;
const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Encrypts (AES-256-GCM, a new nonce each time).
 * @param field the one on the wire that the secrets are for; the error names it.
 * @returns base64 of version, nonce, tag and ciphertext.
 * @throws DomainError INVALID_OPERATION when this installation has no ENCRYPTION_KEY.
 */
export function sealSecrets(secrets: Secrets, encryptionKey: string | undefined, field: string): string {
  if (encryptionKey === undefined) {
    throw DomainError.invalidOperation(
      `${field} cannot be stored: secrets are kept encrypted, and this installation has no ENCRYPTION_KEY. Its operator sets one for api and worker: openssl rand -hex 32.`,
      { field },
    );
  }
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, keyFrom(encryptionKey), nonce).setAAD(Buffer.from([VERSION]));
  const ciphertext = Buffer.concat([cipher.update(JSON.stringify(secrets), 'utf8'), cipher.final()]);
  return Buffer.concat([Buffer.from([VERSION]), nonce, cipher.getAuthTag(), ciphertext]).toString('base64');
}

/** @throws PermanentFailure SECRETS_UNREADABLE when they were sealed with another key, or there is no key. */
export function openSecrets(sealed: string, encryptionKey: string | undefined): Secrets {
  if (encryptionKey === undefined) throw unreadable('ENCRYPTION_KEY is not set');
  const bytes = Buffer.from(sealed, 'base64');
  if (bytes[0] !== VERSION) throw unreadable('they are in a form that this version does not know');
  try {
    const decipher = createDecipheriv(CIPHER, keyFrom(encryptionKey), bytes.subarray(1, 1 + NONCE_BYTES))
      .setAAD(Buffer.from([VERSION]))
      .setAuthTag(bytes.subarray(1 + NONCE_BYTES, 1 + NONCE_BYTES + TAG_BYTES));
    const text = Buffer.concat([decipher.update(bytes.subarray(1 + NONCE_BYTES + TAG_BYTES)), decipher.final()]);
    return JSON.parse(text.toString('utf8')) as Secrets;
  } catch (error) {
    throw unreadable('ENCRYPTION_KEY is not the one that they were stored with', error);
  }
}

/** `openSecrets` with the key in place. */
export function secretReader(encryptionKey: string | undefined): (sealed: string) => Secrets {
  return (sealed) => openSecrets(sealed, encryptionKey);
}

/** Any text of enough length serves as ENCRYPTION_KEY; the cipher wants 32 bytes. */
function keyFrom(encryptionKey: string): Buffer {
  return Buffer.from(hkdfSync('sha256', encryptionKey, '', 'billing-workflows integration secrets', 32));
}

function unreadable(why: string, cause?: unknown): PermanentFailure {
  const message = `The integration's secrets cannot be read: ${why}. Set the right key, or store the secrets again.`;
  return new PermanentFailure('SECRETS_UNREADABLE', message, { cause });
}
