import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify<string, Buffer, number, { N: number; r: number; p: number; maxmem: number }, Buffer>(scrypt);

/** Some 50 ms and 32 MB each, off the main thread. */
const COST = { N: 32_768, r: 8, p: 1 };
const SALT_BYTES = 16;
const HASH_BYTES = 32;
/** Node refuses more than 32 MB unless it is told. */
const MAX_MEMORY = 96 * 1024 * 1024;

/** @returns `scrypt$N$r$p$salt$hash`, the last two in base64url. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const hash = await derive(normal(password), salt, HASH_BYTES, { ...COST, maxmem: MAX_MEMORY });
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64url'), hash.toString('base64url')].join('$');
}

/**
 * Whether it is the password that was hashed.
 * @param stored null for somebody whom nobody knows: takes as long and is false.
 */
export async function isPassword(password: string, stored: string | null): Promise<boolean> {
  const [, n, r, p, salt = '', hash = ''] = (stored ?? '').split('$');
  const cost = stored === null ? COST : { N: Number(n), r: Number(r), p: Number(p) };
  const right = stored === null ? randomBytes(HASH_BYTES) : Buffer.from(hash, 'base64url');
  const given = await derive(normal(password), Buffer.from(salt, 'base64url'), HASH_BYTES, {
    ...cost,
    maxmem: MAX_MEMORY,
  });
  return timingSafeEqual(given, right) && stored !== null;
}

/** Keyboards write the same letter in more than one way. */
function normal(password: string): string {
  return password.normalize('NFKC');
}
