import { type Transaction, type WorkflowActionExecution } from '#database/database';

/** An execution and the block of the action's version that it was planned with. */
export type ExecutionWithAction = WorkflowActionExecution & { config: unknown };

/** Those of these ids that exist, in no particular order. */
export async function findExecutions(
  tx: Transaction,
  platformId: string,
  ids: string[],
): Promise<ExecutionWithAction[]> {
  const rows = await tx.workflowActionExecution.findMany({ where: { platformId, id: { in: ids } } });
  const configs = await findConfigs(tx, platformId, ids);
  return rows.map((row) => ({ ...row, config: configs.get(row.id) ?? null }));
}

async function findConfigs(tx: Transaction, platformId: string, ids: string[]): Promise<Map<string, unknown>> {
  const rows = await tx.$queryRaw<{ id: string; config: unknown }[]>`
    SELECT e.id, v.config
      FROM workflow_action_execution e
      JOIN workflow_action_version v
        ON v.platform_id = e.platform_id AND v.action_id = e.action_id AND v.version = e.action_version
     WHERE e.platform_id = ${platformId} AND e.id = ANY(${ids})`;
  return new Map(rows.map(({ id, config }) => [id, config]));
}

/** What the execution's last preparation stored, by part (`message`, `html`, `text`); empty when there is none. */
export async function findPreparedParts(
  tx: Transaction,
  { platformId, id, preparation }: WorkflowActionExecution,
): Promise<Record<string, string>> {
  const rows = await tx.executionPart.findMany({ where: { platformId, executionId: id, preparation } });
  return Object.fromEntries(rows.map(({ part, content }) => [part, content]));
}
