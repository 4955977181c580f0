import { type Database } from '#database/database';
import { releaseDue } from '#ledger/data/release';
import { type ExecutionQueue } from '#queue/execution-queue';

/** Rings that may wait in the queue at once; more would only undo the fair order in which they were released. */
const MOST_WAITING = 400;
/** Of one platform in one wave. */
const PER_PLATFORM = 50;

/**
 * ④ Rings for due executions, fair over platforms, in bounded waves.
 * @param ringMs what nobody took within this time is rung for again.
 * @returns whether the wave was full, so that another should follow at once.
 */
export async function release(database: Database, queue: ExecutionQueue, ringMs: number): Promise<boolean> {
  const room = MOST_WAITING - (await queue.waiting());
  if (room <= 0) return false;
  const due = await releaseDue(database, { limit: room, perPlatform: PER_PLATFORM, ringMs });
  if (due.length === 0) return false;
  await queue.ring(due);
  return due.length >= PER_PLATFORM;
}
