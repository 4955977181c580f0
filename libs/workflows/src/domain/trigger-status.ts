import { type ExecutionState } from '#ledger/domain/execution-state';

export const TRIGGER_STATUSES = ['PENDING', 'COMPLETED', 'PARTIALLY_FAILED', 'FAILED', 'SKIPPED'] as const;
export type TriggerStatus = (typeof TRIGGER_STATUSES)[number];

const SETTLED: readonly ExecutionState[] = ['SUCCEEDED', 'FAILED', 'SKIPPED', 'CANCELLED'];

/**
 * How a trigger stands, from the states of its executions: PENDING while one of them has no certain end (UNKNOWN has none
 * either), COMPLETED when something was done and nothing failed, SKIPPED when nothing was to be done.
 */
export function triggerStatus(states: readonly ExecutionState[]): TriggerStatus {
  if (states.some((state) => !SETTLED.includes(state))) return 'PENDING';
  const succeeded = states.includes('SUCCEEDED');
  if (states.includes('FAILED')) return succeeded ? 'PARTIALLY_FAILED' : 'FAILED';
  return succeeded ? 'COMPLETED' : 'SKIPPED';
}
