import { createHmac } from 'node:crypto';

export const SIGNING_PROTOCOL = 'HmacSHA256';

/** What an endpoint keeps secret. Both keys sign for a day after a roll, so that receivers can change over. */
export interface SigningKeys {
  secret_key?: string;
  previous_secret_key?: string;
}

const BOTH_SIGN_MS = 24 * 3_600_000;

/**
 * The headers that prove where a payload comes from: HMAC-SHA256 of `{timestamp}.{payload}` in upper-case hex, one per key,
 * the new one first.
 * @param payload the exact text that is sent.
 * @returns nothing when the endpoint has no key.
 */
export function signatureHeaders(
  payload: string,
  keys: SigningKeys,
  rolledAt: Date | null,
  now: Date,
): Record<string, string> {
  const previousCounts = rolledAt !== null && now.getTime() - rolledAt.getTime() < BOTH_SIGN_MS;
  const signing = [keys.secret_key, previousCounts ? keys.previous_secret_key : undefined].filter(
    (key) => key !== undefined,
  );
  if (signing.length === 0) return {};
  const timestamp = `${now.toISOString().slice(0, 19)}Z`;
  const sign = (key: string) => createHmac('sha256', key).update(`${timestamp}.${payload}`).digest('hex').toUpperCase();
  return {
    'X-PAYLOAD-SIGNATURE-TIMESTAMP': timestamp,
    'X-PAYLOAD-SIGNATURE': signing.map((key) => `v1=${sign(key)}`).join(','),
  };
}
