/** PostgreSQL's unique_violation, and Prisma's name for it. */
const CODES = ['23505', 'P2002'];

/** Whether a statement was refused because a unique index has the value already. */
export function isUniqueViolation(error: unknown): boolean {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth += 1) {
    const { code, meta } = cause as { code?: unknown; meta?: { code?: unknown } };
    if (CODES.includes(String(code)) || CODES.includes(String(meta?.code))) return true;
    if (cause.message.includes('23505')) return true;
  }
  return false;
}
