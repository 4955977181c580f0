import { type Transaction } from '#database/database';
import { type ActiveWorkflow, inScope } from './data/active-workflows.js';
import { lockCadencesOf, saveCadence, type StoredCadence } from './data/cadence.repository.js';
import { skipMoved } from './data/planned-executions.js';
import { type CadenceState, cadenceState, reopen } from './domain/cadence.js';
import { type TimedChange } from './variants/workflow-variant.js';
import { type Zones } from './record-consequences.js';

/**
 * Brings the cadences of a changed resource in line with it: enrols it, moves what is to come, ends what it is no longer for.
 * @param workflows ACTIVE ones of its type that its customer is in the scope of.
 */
export async function moveCadences(
  tx: Transaction,
  change: TimedChange,
  workflows: ActiveWorkflow[],
  zones: Zones,
  starts: boolean,
): Promise<void> {
  const timed = workflows.filter(({ rule }) => rule.cadence);
  if (timed.length === 0) return;
  const stored = await lockCadencesOf(tx, change.after.platformId, change.after.id);
  for (const workflow of timed) {
    const cadence = stored.find(({ workflowId }) => workflowId === workflow.id) ?? null;
    if ((!cadence && !starts) || leftToEnrolment(workflow, change, cadence)) continue;
    await moveCadence(tx, workflow, change, zones, cadence);
  }
}

async function moveCadence(
  tx: Transaction,
  workflow: ActiveWorkflow,
  { type, after: resource, at }: TimedChange,
  zones: Zones,
  cadence: StoredCadence | null,
): Promise<void> {
  const { rule } = workflow;
  if (!rule.cadence) return;
  const facts = { resource, ...zones };
  let state = cadenceState(rule.cadence, workflow, facts, cadence, at);
  if (!state) return;
  const { platformId, id: resourceId, customerId } = resource;
  const key = { platformId, workflowId: workflow.id, resourceType: type, resourceId };
  if (cadence && anchorMoved(cadence, state)) {
    const unsent = await skipMoved(tx, key, state.anchorAt);
    state = cadenceState(rule.cadence, workflow, facts, unsent.reduce(reopen, state), at) ?? state;
  }
  await saveCadence(tx, { ...key, customerId }, state);
}

/**
 * Enrolment that is under way reaches every resource that was there before this change, and knows from when on its steps
 * count: making its cadence here would lose those that fell due between the activation and now.
 */
function leftToEnrolment(
  { rule, enrolling, scoped, customerIds }: ActiveWorkflow,
  { before }: TimedChange,
  cadence: StoredCadence | null,
): boolean {
  if (!enrolling || !before || (cadence && cadence.state !== 'SUSPENDED')) return false;
  return rule.cadence?.qualifies(before) === true && inScope({ scoped, customerIds }, before.customerId);
}

function anchorMoved(before: CadenceState, after: CadenceState): after is CadenceState & { anchorAt: Date } {
  return before.anchorAt !== null && after.anchorAt !== null && before.anchorAt.getTime() !== after.anchorAt.getTime();
}
