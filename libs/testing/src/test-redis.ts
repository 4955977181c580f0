import { randomBytes } from 'node:crypto';
import { testAddresses } from './test-addresses.js';

/** redis://… of the run's Redis, or null where none is installed (global setup has said so then). */
export function testRedisUrl(): string | null {
  return testAddresses().redisUrl;
}

/** A key prefix that no other test file has: the files share one Redis. */
export function freshKeyPrefix(): string {
  return `test-${randomBytes(6).toString('hex')}`;
}
