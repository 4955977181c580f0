import { sql, type Statement } from '#database/statement';
import { type OutgoingAnswer } from '../outgoing/outgoing-client.js';
import { type EndpointSettings } from './endpoint-request.js';

// The statements of the queue that each endpoint has. Who delivers holds the endpoint by a lease, under a token that only
// he has: events go out one after the other, whatever the number of workers.

/** An endpoint that is held. */
export interface HeldEndpoint {
  platformId: string;
  id: string;
  token: bigint;
}

/** The first event that is still to be delivered, and where it goes. */
export interface QueueHead {
  eventId: string;
  /** The text that is signed and sent. */
  payload: string;
  settings: EndpointSettings;
  /** Encrypted. */
  secrets: string | null;
  secretRolledAt: Date | null;
  /** Failures in a row so far. */
  retryCount: number;
  /** Database time. */
  now: Date;
}

const FREE = sql`coalesce(lease_until <= clock_timestamp(), true)`;
const lease = (ms: number) => sql`clock_timestamp() + ${ms}::float8 * interval '1 millisecond'`;
const held = ({ platformId, id, token }: HeldEndpoint) =>
  sql`platform_id = ${platformId} AND id = ${id} AND token = ${token}`;

/** Takes endpoints that have something to deliver and are not in the penalty box; least recently served first. */
export function takeEndpoints(limit: number, leaseMs: number): Statement<HeldEndpoint> {
  return sql`
    UPDATE webhook SET token = token + 1, lease_until = ${lease(leaseMs)}
     WHERE (platform_id, id) IN (
       SELECT platform_id, id FROM webhook w
        WHERE status = 'ACTIVE' AND deleted_at IS NULL AND ${FREE} AND coalesce(retry_at <= clock_timestamp(), true)
          AND EXISTS (SELECT 1 FROM webhook_event e
                       WHERE e.platform_id = w.platform_id AND e.webhook_id = w.id AND e.status = 'PENDING')
        ORDER BY lease_until NULLS FIRST LIMIT ${limit}::int FOR NO KEY UPDATE SKIP LOCKED)
    RETURNING platform_id AS "platformId", id, token`;
}

/** Takes one endpoint, in the penalty box or not; no row when somebody delivers to it right now. */
export function takeEndpoint(platformId: string, id: string, leaseMs: number): Statement<HeldEndpoint> {
  return sql`
    UPDATE webhook SET token = token + 1, lease_until = ${lease(leaseMs)}
     WHERE platform_id = ${platformId} AND id = ${id} AND deleted_at IS NULL AND ${FREE}
    RETURNING platform_id AS "platformId", id, token`;
}

/** Renews the lease and reads what comes next; no row when nothing does, or the endpoint is not ours any more. */
export function nextEvent(endpoint: HeldEndpoint, leaseMs: number): Statement<QueueHead> {
  return sql`
    WITH ours AS (
      UPDATE webhook SET lease_until = ${lease(leaseMs)}
       WHERE ${held(endpoint)} AND status = 'ACTIVE' AND deleted_at IS NULL
      RETURNING *
    )
    SELECT e.id AS "eventId", e.payload::text AS payload, ours.document AS settings, ours.secrets,
           ours.secret_rolled_at AS "secretRolledAt", ours.retry_count AS "retryCount", clock_timestamp() AS now
      FROM ours, LATERAL (
        SELECT id, payload FROM webhook_event
         WHERE platform_id = ours.platform_id AND webhook_id = ours.id AND status = 'PENDING'
         ORDER BY position LIMIT 1) AS e`;
}

/** The endpoint took the event: it leaves the queue, and the endpoint the penalty box. */
export function delivered(endpoint: HeldEndpoint, eventId: string, answer: OutgoingAnswer): Statement {
  return sql`
    WITH pardoned AS (
      UPDATE webhook SET retry_count = 0, retry_at = NULL, cause = NULL WHERE ${held(endpoint)} AND retry_count > 0
    )
    UPDATE webhook_event
       SET status = 'SUCCEEDED', attempt_count = attempt_count + 1, response_status = ${answer.status}::int, message = NULL,
           attempted_at = clock_timestamp()
     WHERE platform_id = ${endpoint.platformId} AND id = ${eventId}`;
}

/**
 * The endpoint did not take the event: it goes to the penalty box, is let go, and everything behind the event waits with
 * it. What has been tried for long enough is given up.
 */
export function refused(endpoint: HeldEndpoint, eventId: string, answer: OutgoingAnswer, penaltyMs: number): Statement {
  return sql`
    WITH punished AS (
      UPDATE webhook SET retry_count = retry_count + 1, cause = ${answer.message}, retry_at = ${lease(penaltyMs)},
             lease_until = NULL
       WHERE ${held(endpoint)}
    )
    UPDATE webhook_event
       SET status = CASE WHEN expires_at <= clock_timestamp() THEN 'FAILED' ELSE 'PENDING' END,
           attempt_count = attempt_count + CASE WHEN id = ${eventId} THEN 1 ELSE 0 END,
           response_status = ${answer.status}::int, message = ${answer.message}, attempted_at = clock_timestamp()
     WHERE platform_id = ${endpoint.platformId} AND webhook_id = ${endpoint.id} AND status = 'PENDING'
       AND (id = ${eventId} OR expires_at <= clock_timestamp())`;
}

/** Lets the endpoint go, for whoever comes next. */
export function letGo(endpoint: HeldEndpoint): Statement {
  return sql`UPDATE webhook SET lease_until = NULL WHERE ${held(endpoint)}`;
}
