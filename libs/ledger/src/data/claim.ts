import { sql, type Statement } from '#database/statement';

export interface ExecutionKey {
  platformId: string;
  executionId: string;
}

/** An execution that is ours: nobody else writes it while our token is its newest and the lease lives. */
export interface ClaimedExecution {
  platformId: string;
  id: string;
  token: bigint;
  triggerId: string;
  triggerType: 'EVENT' | 'MANUAL';
  workflowId: string;
  actionId: string;
  actionVersion: number;
  actionType: string;
  customerId: string | null;
  invoiceId: string | null;
  paymentId: string | null;
  walletId: string | null;
  subscriptionId: string | null;
  scheduleId: string | null;
  variant: string;
  step: string | null;
  anchorAt: Date | null;
  dueAt: Date;
  notAfter: Date;
  /** Whether it is later than `notAfter`, by the database's clock. */
  tooLate: boolean;
  attemptCount: number;
  /** 0 before the first one. */
  preparation: number;
  /** Revisions that the stored preparation was made from. */
  facts: Record<string, string> | null;
  claimedAt: Date;
}

/**
 * Takes the execution for this worker, under a new fencing token and a lease of `leaseMs`. Of two workers only one wins: who
 * had to wait for the other's row lock is asked the conditions again, on the row as it is then. No row when it is finished,
 * not due, or another's lease is alive.
 */
export function claim(key: ExecutionKey, leaseMs: number): Statement<ClaimedExecution> {
  return sql<ClaimedExecution>`
    UPDATE workflow_action_execution e
       SET state = 'CLAIMED', token = nextval('fencing_token'), claimed_at = clock_timestamp(), released_until = NULL,
           lease_until = clock_timestamp() + ${leaseMs}::int * interval '1 millisecond'
      FROM workflow_trigger t
     WHERE e.platform_id = ${key.platformId} AND e.id = ${key.executionId}
       AND t.platform_id = e.platform_id AND t.id = e.trigger_id
       AND ((e.state = 'PENDING' AND e.next_attempt_at <= clock_timestamp())
         OR (e.state IN ('CLAIMED', 'PREPARED') AND e.lease_until < clock_timestamp()))
    RETURNING e.platform_id AS "platformId", e.id, e.token, e.trigger_id AS "triggerId", t.type AS "triggerType",
      e.workflow_id AS "workflowId", e.action_id AS "actionId", e.action_version AS "actionVersion",
      e.action_type AS "actionType", e.customer_id AS "customerId", e.invoice_id AS "invoiceId", e.payment_id AS "paymentId",
      e.wallet_id AS "walletId", e.subscription_id AS "subscriptionId", e.schedule_id AS "scheduleId",
      t.variant, t.step, t.anchor_at AS "anchorAt", e.due_at AS "dueAt", e.not_after AS "notAfter",
      e.not_after < clock_timestamp() AS "tooLate", e.attempt_count AS "attemptCount", e.preparation, e.facts,
      e.claimed_at AS "claimedAt"`;
}
