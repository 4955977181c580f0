import { isRetryable } from './retryable.js';

/**
 * What nodes, PostgreSQL and Prisma say when a database cannot be reached or takes no more work: refused and lost
 * connections, shutdowns, too many clients, no free connection in time.
 */
const CODES = [
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'ETIMEDOUT',
  '08000',
  '08001',
  '08003',
  '08006',
  '53300',
  '57P01',
  '57P02',
  '57P03',
  'P1001',
  'P1002',
  'P1008',
  'P1017',
  'P2024',
  'P2028',
];

/** Whether a failure is the database's and passes by itself, so that the same work may succeed in a moment. */
export function isUnavailable(error: unknown): boolean {
  if (isRetryable(error)) return true;
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth += 1) {
    const { code, meta, message } = cause as Error & { code?: unknown; meta?: { code?: unknown } };
    if (CODES.includes(String(code)) || CODES.includes(String(meta?.code))) return true;
    if (/Connection terminated|timeout exceeded when trying to connect/.test(message)) return true;
  }
  return false;
}
