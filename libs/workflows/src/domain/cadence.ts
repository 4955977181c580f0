import { firstZone } from '#kernel/local-time';
import { type Period, periodKey } from '#kernel/period';
import { type CadenceRule, type TimedState } from '../variants/workflow-variant.js';
import { dueAtOf, nextStep, type StepDecision, type StepPlan } from './next-step.js';

/** What a cadence needs to know of its workflow. */
export interface CadenceWorkflow {
  config: unknown;
  activatedAt: Date | null;
  /** When each step was added, by normalised period (ISO instants). */
  stepsSince: Record<string, string>;
  /** When customers entered the scope: by id, `*` for all others (ISO instants). */
  scopeSince: Record<string, string>;
}

/** Where a cadence stands, as it is stored. */
export interface CadenceState {
  anchorAt: Date | null;
  zone: string;
  since: Date;
  done: string[];
  nextStep: string | null;
  nextAt: Date | null;
  state: 'RUNNING' | 'SUSPENDED' | 'FINISHED';
}

export interface CadenceFacts<Resource extends TimedState = TimedState> {
  resource: Resource;
  customerZone: string | null;
  platformZone: string | null;
}

/**
 * Where the cadence stands now that the resource or the workflow is as given. A moved anchor computes the unsent steps anew;
 * what is done stays done.
 *
 * @param stored null when the resource has no cadence of this workflow yet.
 * @param qualifiedAt a resource that qualifies anew looks at no instant before this one.
 * @returns null when there is none to keep: it does not qualify and never did.
 */
export function cadenceState<Resource extends TimedState>(
  rule: CadenceRule<Resource>,
  workflow: CadenceWorkflow,
  facts: CadenceFacts<Resource>,
  stored: CadenceState | null,
  qualifiedAt: Date,
): CadenceState | null {
  const { resource } = facts;
  const anchorAt = rule.anchor(resource);
  const zone = firstZone(resource.timezone, facts.customerZone, facts.platformZone);
  if (!rule.qualifies(resource) || !anchorAt) {
    return stored && { ...stored, zone, nextStep: null, nextAt: null, state: 'SUSPENDED' };
  }
  const since = !stored || stored.state === 'SUSPENDED' ? qualifiedAt : stored.since;
  const done = stored ? doneFor(rule, workflow, stored, { anchorAt, zone }, qualifiedAt) : [];
  const plan = stepPlan(rule, workflow, resource, { anchorAt, zone, since });
  return withNextStep({ anchorAt, zone, since, done, nextStep: null, nextAt: null, state: 'RUNNING' }, plan);
}

/** What falls due at `now` for a stored cadence, and where it stands afterwards. */
export function advance<Resource extends TimedState>(
  rule: CadenceRule<Resource>,
  workflow: CadenceWorkflow,
  resource: Resource,
  stored: CadenceState & { anchorAt: Date },
  now: Date,
): { decision: StepDecision; state: CadenceState } {
  const plan = stepPlan(rule, workflow, resource, stored);
  const decision = nextStep(plan, new Set(stored.done), now);
  const steps = [...decision.missed, ...(decision.fire ? [decision.fire] : [])];
  const done = [...stored.done, ...steps.map(({ key }) => key)];
  return { decision, state: withNextStep({ ...stored, done }, plan) };
}

/**
 * The steps that are done for this anchor. Where a moved anchor may repeat what was sent, those that are still to come by the
 * new one are open again; what would have been due before stays done, so that nobody gets the same mail twice at once.
 */
function doneFor<Resource extends TimedState>(
  rule: CadenceRule<Resource>,
  workflow: CadenceWorkflow,
  stored: CadenceState,
  { anchorAt, zone }: { anchorAt: Date; zone: string },
  movedAt: Date,
): string[] {
  if (!rule.repeatsWhenMoved || !stored.anchorAt || stored.anchorAt.getTime() === anchorAt.getTime())
    return stored.done;
  const toCome = rule
    .periods(workflow.config)
    .filter((period) => dueAtOf({ anchor: anchorAt, zone, side: rule.side }, period) > movedAt)
    .map(periodKey);
  return stored.done.filter((key) => !toCome.includes(key));
}

/** The cadence without a step that was planned but not sent after all (its anchor moved): it may fall due again. */
export function reopen(state: CadenceState, step: string): CadenceState {
  return { ...state, done: state.done.filter((key) => key !== step) };
}

function withNextStep(state: CadenceState, plan: StepPlan): CadenceState {
  // At the beginning of time nothing is due yet: `next` is the first step that is not done.
  const { next } = nextStep(plan, new Set(state.done), new Date(-8.64e15));
  return { ...state, nextStep: next?.key ?? null, nextAt: next?.dueAt ?? null, state: next ? 'RUNNING' : 'FINISHED' };
}

function stepPlan<Resource extends TimedState>(
  rule: CadenceRule<Resource>,
  workflow: CadenceWorkflow,
  resource: Resource,
  { anchorAt, zone, since }: { anchorAt: Date; zone: string; since: Date },
): StepPlan {
  const entered = workflow.scopeSince[resource.customerId ?? ''] ?? workflow.scopeSince['*'];
  const steps = rule.periods(workflow.config).map((period: Period) => ({
    period,
    since: latest(
      since,
      workflow.activatedAt,
      workflow.stepsSince[periodKey(period)],
      entered,
      rule.notBefore?.(resource),
    ),
  }));
  return { anchor: anchorAt, zone, side: rule.side, steps };
}

function latest(...instants: (Date | string | null | undefined)[]): Date {
  const times = instants.filter((instant) => instant != null).map((instant) => new Date(instant).getTime());
  return new Date(Math.max(...times));
}
