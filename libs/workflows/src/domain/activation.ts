import { isDeepStrictEqual } from 'node:util';
import { scopeSince, type Since, stepsSince } from './since.js';
import { stepKeys, type WorkflowDefinition, variantOf } from './workflow-definition.js';

/** What the cadence engine knows of a workflow's past. */
export interface Activation {
  activatedAt: Date | null;
  /** From when on each step counts, by normalised period. */
  stepsSince: Since;
  /** From when on each customer counts, by id; `*` for all others. */
  scopeSince: Since;
  /** Not null while what is already open is being enrolled: `` at the start. */
  enrolCursor: string | null;
  enrolledCount: number;
}

export const NEVER_ACTIVE: Activation = {
  activatedAt: null,
  stepsSince: {},
  scopeSince: {},
  enrolCursor: null,
  enrolledCount: 0,
};

/**
 * What a write of a workflow records for the cadence engine. Becoming ACTIVE, or changing the variant while ACTIVE, starts
 * everything at `now`; new steps and customers of an ACTIVE workflow start at `now`, those that stay keep their instants.
 * In each case a workflow with a calendar enrols again what is already open; one that stops enrols nothing more.
 *
 * @param before null for a new workflow.
 * @param timed whether the variant follows a calendar instead of an event.
 */
export function activationAfter(
  before: { definition: WorkflowDefinition; activation: Activation } | null,
  after: WorkflowDefinition,
  timed: boolean,
  now: Date,
): Activation {
  const known = before?.activation ?? NEVER_ACTIVE;
  if (after.status !== 'ACTIVE') return { ...known, enrolCursor: null };
  const continues = before?.definition.status === 'ACTIVE' && variantOf(before.definition) === variantOf(after);
  const start = continues ? known : { ...NEVER_ACTIVE, activatedAt: now };
  const steps = stepsSince(start.stepsSince, stepKeys(after), now);
  const scope = scopeSince(start.scopeSince, after.customer_ids ?? null, now);
  if (isDeepStrictEqual([steps, scope], [start.stepsSince, start.scopeSince])) return start;
  return { ...start, stepsSince: steps, scopeSince: scope, enrolCursor: timed ? '' : null };
}
