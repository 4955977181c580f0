import { type Database } from '#database/database';
import { sql, type Statement } from '#database/statement';
import { type ClaimedExecution } from './claim.js';

export type GateAnswer =
  /** It may leave; `leaseLeftMs` of the lease are left by the database's clock. */
  | { passed: true; leaseLeftMs: number }
  /** A fact has changed since it was prepared: prepare again. */
  | { passed: false; why: 'FACTS_MOVED' }
  /** Not ours any more, or the lease is over. */
  | { passed: false; why: 'LOST' };

/**
 * The last question before a mail leaves, in the one order of locks (rules 5 and 6): the resources that the guard read are
 * locked first, so that a payment in flight is waited for; then the execution; then one conditional update with a fresh
 * snapshot moves PREPARED to COMMITTING. It passes once.
 *
 * @param leaseMs how long the answer of the other side is waited for from here on.
 */
export async function passGate(
  database: Database,
  execution: ClaimedExecution,
  preparation: number,
  leaseMs: number,
): Promise<GateAnswer> {
  const { platformId, id, token } = execution;
  const moved = sql<{ leaseLeftMs: number }>`
    UPDATE workflow_action_execution e
       SET state = 'COMMITTING', gate_at = clock_timestamp(),
           lease_until = clock_timestamp() + ${leaseMs}::int * interval '1 millisecond'
     WHERE e.platform_id = ${platformId} AND e.id = ${id}
       AND e.state = 'PREPARED' AND e.token = ${token} AND e.preparation = ${preparation}::int
       AND e.lease_until > clock_timestamp()
       AND NOT EXISTS (
         SELECT 1 FROM jsonb_each_text(e.facts) AS fact(name, revision)
          WHERE fact.revision IS DISTINCT FROM (
            CASE fact.name
              WHEN 'customer' THEN (SELECT r.revision FROM customer r WHERE r.platform_id = e.platform_id AND r.id = e.customer_id AND r.deleted_at IS NULL)
              WHEN 'invoice' THEN (SELECT r.revision FROM invoice r WHERE r.platform_id = e.platform_id AND r.id = e.invoice_id)
              WHEN 'payment' THEN (SELECT r.revision FROM payment r WHERE r.platform_id = e.platform_id AND r.id = e.payment_id)
              WHEN 'subscription' THEN (SELECT r.revision FROM pricing_plan_subscription r WHERE r.platform_id = e.platform_id AND r.id = e.subscription_id AND r.deleted_at IS NULL)
              WHEN 'wallet' THEN (SELECT r.revision FROM wallet r WHERE r.platform_id = e.platform_id AND r.id = e.wallet_id AND r.deleted_at IS NULL)
              WHEN 'workflow' THEN (SELECT r.revision FROM workflow r WHERE r.platform_id = e.platform_id AND r.id = e.workflow_id)
              WHEN 'action' THEN (SELECT r.revision FROM workflow_action r WHERE r.platform_id = e.platform_id AND r.id = e.action_id AND r.deleted_at IS NULL)
              WHEN 'integration' THEN (SELECT r.revision FROM integration r WHERE r.platform_id = e.platform_id AND r.id = e.integration_id AND r.deleted_at IS NULL)
            END)::text)
    RETURNING (extract(epoch FROM e.lease_until - clock_timestamp()) * 1000)::float8 AS "leaseLeftMs"`;
  const locked = sql`SELECT 1 FROM workflow_action_execution WHERE platform_id = ${platformId} AND id = ${id} FOR NO KEY UPDATE`;
  const answers = await database.together([...lockedFacts(execution), locked, moved]);
  const [row] = answers.at(-1) as { leaseLeftMs: number }[];
  if (row) return { passed: true, leaseLeftMs: row.leaseLeftMs };
  const held = await database.query(sql`
    SELECT 1 FROM workflow_action_execution WHERE platform_id = ${platformId} AND id = ${id}
       AND state = 'PREPARED' AND token = ${token} AND lease_until > clock_timestamp()`);
  return { passed: false, why: held.length > 0 ? 'FACTS_MOVED' : 'LOST' };
}

function lockedFacts(execution: ClaimedExecution): Statement[] {
  const { platformId, invoiceId, paymentId, walletId, subscriptionId } = execution;
  return [
    ...(invoiceId
      ? [sql`SELECT 1 FROM invoice WHERE platform_id = ${platformId} AND id = ${invoiceId} FOR SHARE`]
      : []),
    ...(paymentId
      ? [sql`SELECT 1 FROM payment WHERE platform_id = ${platformId} AND id = ${paymentId} FOR SHARE`]
      : []),
    ...(subscriptionId
      ? [
          sql`SELECT 1 FROM pricing_plan_subscription WHERE platform_id = ${platformId} AND id = ${subscriptionId} FOR SHARE`,
        ]
      : []),
    ...(walletId ? [sql`SELECT 1 FROM wallet WHERE platform_id = ${platformId} AND id = ${walletId} FOR SHARE`] : []),
  ];
}
