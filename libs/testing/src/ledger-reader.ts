import { type Database } from '#database/database';

export interface RecordedExecution {
  id: string;
  triggerId: string;
  actionId: string;
  customerId: string | null;
  state: string;
  reason: string | null;
  step: string | null;
  token: bigint;
  attemptCount: number;
  nextAttemptAt: Date | null;
  notAfter: Date;
  dueAt: Date;
}

/** What the ledger holds about an invoice or payment, oldest first. */
export async function executionsOf(database: Database, resourceId: string): Promise<RecordedExecution[]> {
  return database.client.$queryRaw<RecordedExecution[]>`
    SELECT e.id, e.trigger_id AS "triggerId", e.action_id AS "actionId", e.customer_id AS "customerId", e.state, e.reason,
           t.step, e.token, e.attempt_count AS "attemptCount", e.next_attempt_at AS "nextAttemptAt",
           e.not_after AS "notAfter", e.due_at AS "dueAt"
      FROM workflow_action_execution e
      JOIN workflow_trigger t ON t.platform_id = e.platform_id AND t.id = e.trigger_id
     WHERE t.resource_id = ${resourceId}
     ORDER BY e.created_at, e.due_at, e.id`;
}

/** The same in short: `7 DAY PENDING`, `TO_FINAL SKIPPED INVOICE_PAID`. */
export async function ledgerOf(database: Database, resourceId: string): Promise<string[]> {
  const rows = await executionsOf(database, resourceId);
  return rows.map(({ step, state, reason }) => [step ?? 'event', state, reason].filter(Boolean).join(' '));
}

/** Where the cadences of an invoice stand: `RUNNING 7 DAY`, `SUSPENDED`. */
export async function cadencesOf(database: Database, resourceId: string): Promise<string[]> {
  const rows = await database.client.cadence.findMany({ where: { resourceId }, orderBy: { workflowId: 'asc' } });
  return rows.map(({ state, nextStep }) => [state, nextStep].filter(Boolean).join(' '));
}
