/** deadlock_detected, lock_not_available, serialization_failure, and Prisma's code for a write conflict. */
const CODES = ['40P01', '55P03', '40001', 'P2034'];

/** Whether PostgreSQL ended a transaction because of others, so that running it again may succeed. */
export function isRetryable(error: unknown): boolean {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth += 1) {
    const { code, meta } = cause as { code?: unknown; meta?: unknown };
    if (CODES.includes(String(code))) return true;
    if (meta !== undefined && CODES.some((known) => JSON.stringify(meta).includes(`"${known}"`))) return true;
    if (CODES.some((known) => cause instanceof Error && cause.message.includes(known))) return true;
  }
  return false;
}
