import { type Transaction, type WorkflowTrigger } from '#database/database';
import { type ExecutionState } from '#ledger/domain/execution-state';
import { triggerStatus, type TriggerStatus } from '../domain/trigger-status.js';

/** A trigger and how its executions stand now. */
export interface TriggerWithStatus {
  id: string;
  trigger: WorkflowTrigger;
  status: TriggerStatus;
}

/** Those of these ids that exist, in no particular order. */
export async function findTriggers(tx: Transaction, platformId: string, ids: string[]): Promise<TriggerWithStatus[]> {
  const triggers = await tx.workflowTrigger.findMany({ where: { platformId, id: { in: ids } } });
  const executions = await tx.workflowActionExecution.findMany({
    where: { platformId, triggerId: { in: ids } },
    select: { triggerId: true, state: true },
  });
  const states = new Map<string, ExecutionState[]>(ids.map((id) => [id, []]));
  for (const { triggerId, state } of executions) states.get(triggerId)?.push(state as ExecutionState);
  return triggers.map((trigger) => ({ id: trigger.id, trigger, status: triggerStatus(states.get(trigger.id) ?? []) }));
}
