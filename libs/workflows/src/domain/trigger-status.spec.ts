import { type ExecutionState } from '#ledger/domain/execution-state';
import { triggerStatus } from './trigger-status.js';

describe('the status of a trigger', () => {
  it.each([
    ['PENDING', ['SUCCEEDED', 'PENDING']],
    ['PENDING', ['FAILED', 'COMMITTING']],
    ['PENDING', ['UNKNOWN']],
    ['COMPLETED', ['SUCCEEDED']],
    ['COMPLETED', ['SUCCEEDED', 'SKIPPED']],
    ['PARTIALLY_FAILED', ['SUCCEEDED', 'FAILED', 'SKIPPED']],
    ['FAILED', ['FAILED', 'SKIPPED']],
    ['SKIPPED', ['SKIPPED', 'CANCELLED']],
    ['SKIPPED', []],
  ] as [string, ExecutionState[]][])('is %s for executions that are %j', (status, states) => {
    expect(triggerStatus(states)).toBe(status);
  });
});
