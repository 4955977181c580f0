import { type Transaction } from '#database/database';

/**
 * Taken first by every transaction that records a change of a billing resource and plans from it. Any number hold it at
 * once, until their transactions end.
 */
export async function shareLock(tx: Transaction, platformId: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock_shared(hashtextextended('platform:' || ${platformId}, 0))`;
}

/**
 * Taken first by every change of a workflow's status, steps or scope: it waits for the records in flight and lets none
 * begin until this transaction ends, so that each of them sees the workflow either before or after, and enrolment of what
 * was already open misses none.
 */
export async function exclusiveLock(tx: Transaction, platformId: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('platform:' || ${platformId}, 0))`;
}
