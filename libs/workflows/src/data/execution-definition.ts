import { type Transaction } from '#database/database';

/** The workflow as it is now, and the action: as it is now, and as it was when the execution was planned. */
export interface ExecutionDefinition {
  workflow: { status: string; type: string; scoped: boolean; customerIds: string[]; revision: string };
  action: { status: string; deleted: boolean; revision: string };
  /** The block of the planned version. */
  config: unknown;
}

/** What an execution runs, in one statement; null when the workflow or the action is gone. */
export async function readDefinition(
  tx: Transaction,
  execution: { platformId: string; workflowId: string; actionId: string; actionVersion: number },
): Promise<ExecutionDefinition | null> {
  const [row] = await tx.$queryRaw<ExecutionDefinition[]>`
    SELECT jsonb_build_object('status', w.status, 'type', w.type, 'scoped', w.scoped, 'customerIds', w.customer_ids,
             'revision', w.revision::text) AS workflow,
           jsonb_build_object('status', a.status, 'deleted', a.deleted_at IS NOT NULL, 'revision', a.revision::text) AS action,
           v.config
      FROM workflow w
      JOIN workflow_action a ON a.platform_id = w.platform_id AND a.id = ${execution.actionId}
      JOIN workflow_action_version v ON v.platform_id = a.platform_id AND v.action_id = a.id AND v.version = ${execution.actionVersion}::int
     WHERE w.platform_id = ${execution.platformId} AND w.id = ${execution.workflowId}`;
  return row ?? null;
}
