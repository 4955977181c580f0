import { zonesOf } from '#billing/zones';
import { type Transaction } from '#database/database';
import { type ActiveWorkflow, activeWorkflow, inScope } from './data/active-workflows.js';
import { type CadenceKey, lockCadencesOf, saveCadence, type StoredCadence } from './data/cadence.repository.js';
import { databaseTime } from '#database/database-time';
import { firingKey, planTrigger } from './data/plan-trigger.js';
import { mayBeSent, reviveMoved } from './data/planned-executions.js';
import { shareLock } from './data/platform-lock.js';
import { advance, cadenceState, reopen } from './domain/cadence.js';
import { type DueStep } from './domain/next-step.js';
import { periodOfKey } from '#kernel/period';
import { timedResource } from './timed-resources.js';
import { type CadenceRule, type TimedState } from './variants/workflow-variant.js';

/**
 * What the clock does with a cadence whose instant has come: plans the latest step that fell due, puts the missed ones on
 * record as SKIPPED, and moves the cadence to its next step, in one transaction. Doing it twice changes nothing.
 *
 * @returns whether something was planned; false also when another holds the resource (the next tick finds it again).
 */
export async function advanceCadence(tx: Transaction, key: CadenceKey): Promise<boolean> {
  await shareLock(tx, key.platformId);
  const resource = await timedResource(key.resourceType).lockIfFree(tx, key.platformId, key.resourceId);
  if (!resource) return false;
  const workflow = await activeWorkflow(tx, key.platformId, key.workflowId);
  const stored = await lockCadence(tx, key);
  const now = await databaseTime(tx);
  if (!stored?.nextAt || stored.state !== 'RUNNING' || stored.nextAt > now) return false;
  if (!workflow?.rule.cadence || !inScope(workflow, resource.customerId)) {
    // Activation and changes of scope enrol again; until then the clock need not look at this one.
    await saveCadence(tx, stored, { ...stored, nextStep: null, nextAt: null, state: 'SUSPENDED' });
    return false;
  }
  return takeSteps(tx, workflow, workflow.rule.cadence, resource, stored, now);
}

async function takeSteps(
  tx: Transaction,
  workflow: ActiveWorkflow,
  rule: CadenceRule<TimedState>,
  resource: TimedState,
  stored: StoredCadence,
  now: Date,
): Promise<boolean> {
  const { customerId } = resource;
  const owner = { ...stored, customerId };
  const zones = await zonesOf(tx, stored.platformId, customerId);
  const current = cadenceState(rule, workflow, { resource, ...zones }, stored, now);
  if (current?.state !== 'RUNNING' || !current.anchorAt) {
    if (current) await saveCadence(tx, owner, current);
    return false;
  }
  const { anchorAt } = current;
  const { decision, state } = advance(rule, workflow, resource, { ...current, anchorAt }, now);
  const plan = (step: DueStep, skipped: Skipped | null) =>
    planStep(tx, workflow, { resource, key: owner, anchorAt, step, skipped });
  for (const step of decision.missed) await plan(step, MISSED);
  if (decision.fire) await plan(decision.fire, null);
  await saveCadence(tx, owner, state);
  return decision.fire !== null;
}

async function lockCadence(tx: Transaction, key: CadenceKey): Promise<StoredCadence | null> {
  const cadences = await lockCadencesOf(tx, key.platformId, key.resourceId);
  return cadences.find(({ workflowId }) => workflowId === key.workflowId) ?? null;
}

interface Skipped {
  reason: string;
  message: string;
}

const MISSED: Skipped = {
  reason: 'STEP_MISSED',
  message: 'This reminder fell due while nothing ran and is out of date; only the latest one is sent.',
};

async function planStep(
  tx: Transaction,
  workflow: ActiveWorkflow,
  due: { resource: TimedState; key: CadenceKey; anchorAt: Date; step: DueStep; skipped: Skipped | null },
): Promise<void> {
  const { resource, key, anchorAt, step, skipped } = due;
  const timed = timedResource(key.resourceType);
  const firing = firingKey(workflow, key.resourceId, { key: step.key, anchorAt });
  const planned = await planTrigger(tx, workflow, {
    type: 'EVENT',
    firingKey: firing,
    ...timed.target(resource),
    payload: { ...timed.payload(resource), event: stepEvent(workflow.rule.variant, step.key) },
    step: step.key,
    anchorAt,
    dueAt: step.dueAt,
    skipped,
  });
  if (!planned && !skipped) await reviveMoved(tx, key.platformId, firing);
}

/** The event of a cadence's step, as on the wire; only OVERDUE has a place for its period (b.4). */
function stepEvent(variant: string, step: string): object {
  return { variant, ...(variant === 'OVERDUE' ? { overdue: { period: periodOfKey(step) } } : {}) };
}

/**
 * A planned step that was not sent because its anchor had moved is not done: it falls due again by the new anchor. Not so
 * when another of its actions has sent its mail, or may have: no step repeats.
 */
export async function reopenStep(tx: Transaction, key: CadenceKey, step: string): Promise<void> {
  if (await mayBeSent(tx, key, step)) return;
  await changeCadence(tx, key, (stored) => ({ ...stored, ...reopen(stored, step) }));
}

/**
 * Brings one resource's cadence of a workflow in line with both, as they are now; makes it when it is due one. It was open
 * before the workflow was activated: nothing that fell due since is lost.
 * @returns whether the cadence has a step to come.
 */
export async function enrol(tx: Transaction, key: CadenceKey): Promise<boolean> {
  return changeCadence(tx, key, (stored) => stored);
}

async function changeCadence(
  tx: Transaction,
  key: CadenceKey,
  change: (stored: StoredCadence) => StoredCadence,
): Promise<boolean> {
  const resource = await timedResource(key.resourceType).lock(tx, key.platformId, key.resourceId);
  const workflow = await activeWorkflow(tx, key.platformId, key.workflowId);
  const rule = workflow?.rule.cadence;
  if (!resource || !workflow || !rule) return false;
  const found = await lockCadence(tx, key);
  const stored = found && change(found);
  const owner = { ...key, customerId: resource.customerId };
  if (!inScope(workflow, resource.customerId)) {
    if (stored) await saveCadence(tx, owner, { ...stored, nextStep: null, nextAt: null, state: 'SUSPENDED' });
    return false;
  }
  const zones = await zonesOf(tx, key.platformId, resource.customerId);
  // What was imported without starting anything is reminded of from its import on, not of what fell due before.
  const openSince = new Date(Math.max(workflow.activatedAt.getTime(), resource.createdAt.getTime()));
  const state = cadenceState(rule, workflow, { resource, ...zones }, stored, openSince);
  if (!state) return false;
  await saveCadence(tx, owner, state);
  return state.state === 'RUNNING';
}
