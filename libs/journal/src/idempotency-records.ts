import { type Database, type Transaction } from '#database/database';

/** How long an answer is kept for those who ask again. */
const KEPT_HOURS = 48;
const DELETED_AT_ONCE = 5_000;

/** A request that its client may send again. */
export interface RepeatableRequest {
  platformId: string;
  /** Who asks for what under which key, as a hash. */
  id: string;
  /** What was sent, as a hash. */
  fingerprint: string;
}

export interface RecordedAnswer {
  fingerprint: string;
  status: number;
  /** JSON; null when there was no body. */
  body: string | null;
}

/** Makes this transaction the only one that works on the request, until it ends; false when another one does. Never waits. */
export async function takeRequest(tx: Transaction, { platformId, id }: RepeatableRequest): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ taken: boolean }[]>`
    SELECT pg_try_advisory_xact_lock(hashtextextended('idempotency:' || ${platformId} || ':' || ${id}, 0)) AS taken`;
  return row?.taken ?? false;
}

/** What a taken request was answered with before; null when it is new, or so old that nobody remembers. */
export async function findAnswer(
  tx: Transaction,
  { platformId, id }: RepeatableRequest,
): Promise<RecordedAnswer | null> {
  const [row] = await tx.$queryRaw<RecordedAnswer[]>`
    SELECT fingerprint, status, body FROM idempotency_record
     WHERE platform_id = ${platformId} AND id = ${id}
       AND created_at > clock_timestamp() - make_interval(hours => ${KEPT_HOURS}::int)`;
  return row ?? null;
}

/** Keeps the answer to a taken request, in place of one that is too old to count. */
export async function keepAnswer(
  tx: Transaction,
  { platformId, id, fingerprint }: RepeatableRequest,
  { status, body }: Omit<RecordedAnswer, 'fingerprint'>,
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO idempotency_record (platform_id, id, fingerprint, status, body, created_at)
    VALUES (${platformId}, ${id}, ${fingerprint}, ${status}, ${body}, clock_timestamp())
    ON CONFLICT (platform_id, id) DO UPDATE
       SET fingerprint = excluded.fingerprint, status = excluded.status, body = excluded.body,
           created_at = excluded.created_at`;
}

/** Deletes a batch of the answers that nobody may ask for any more. @returns how many. */
export async function forgetOldAnswers(database: Pick<Database, 'client'>): Promise<number> {
  return database.client.$executeRaw`
    DELETE FROM idempotency_record
     WHERE (platform_id, id) IN (
       SELECT platform_id, id FROM idempotency_record
        WHERE created_at < clock_timestamp() - make_interval(hours => ${KEPT_HOURS}::int)
        LIMIT ${DELETED_AT_ONCE} FOR UPDATE SKIP LOCKED)`;
}
