import { sql, type Statement } from '#database/statement';

/** The workflow as it is now, and the action: as it is now, and as it was when the execution was planned. */
export interface ExecutionDefinition {
  workflow: { status: string; type: string; config: unknown; scoped: boolean; customerIds: string[]; revision: string };
  action: { status: string; deleted: boolean; revision: string };
  /** The block of the planned version. */
  config: unknown;
}

/** What an execution runs; no row when the workflow or the action is gone. */
export function executionDefinition(key: { platformId: string; executionId: string }): Statement<ExecutionDefinition> {
  return sql<ExecutionDefinition>`
    SELECT jsonb_build_object('status', w.status, 'type', w.type, 'config', w.config, 'scoped', w.scoped, 'customerIds', w.customer_ids,
             'revision', w.revision::text) AS workflow,
           jsonb_build_object('status', a.status, 'deleted', a.deleted_at IS NOT NULL, 'revision', a.revision::text) AS action,
           v.config
      FROM workflow_action_execution e
      JOIN workflow w ON w.platform_id = e.platform_id AND w.id = e.workflow_id
      JOIN workflow_action a ON a.platform_id = e.platform_id AND a.id = e.action_id
      JOIN workflow_action_version v ON v.platform_id = a.platform_id AND v.action_id = a.id AND v.version = e.action_version
     WHERE e.platform_id = ${key.platformId} AND e.id = ${key.executionId}`;
}

/** Whom and what an execution's mail is about, and through what it leaves: one row of ids. */
export function mailSubject(key: { platformId: string; executionId: string }): Statement {
  return sql`
    SELECT e.platform_id, e.customer_id, e.invoice_id, e.payment_id, e.wallet_id, e.subscription_id, e.schedule_id, v.config ->> 'integration_id' AS integration_id
      FROM workflow_action_execution e
      LEFT JOIN workflow_action_version v
        ON v.platform_id = e.platform_id AND v.action_id = e.action_id AND v.version = e.action_version
     WHERE e.platform_id = ${key.platformId} AND e.id = ${key.executionId}`;
}
