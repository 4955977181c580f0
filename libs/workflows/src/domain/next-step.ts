import { addPeriod } from '#kernel/local-time';
import { type Period, periodKey } from '#kernel/period';

/** A step that is later than this is not mailed any more, in milliseconds (72 h). */
export const MAX_LATE_MS = 72 * 3_600_000;

export interface StepPlan {
  /** Due date, charge date or trial end. */
  anchor: Date;
  /** IANA zone whose calendar the periods are counted in. */
  zone: string;
  side: 'BEFORE_ANCHOR' | 'AFTER_ANCHOR';
  /** Distances from the anchor. Each looks at no instant before its own `since`. */
  steps: readonly { period: Period; since: Date }[];
}

export interface DueStep {
  /** Normalised period: the step's identity, whatever its instant. */
  key: string;
  period: Period;
  dueAt: Date;
}

export interface StepDecision {
  /** To be sent now. */
  fire: DueStep | null;
  /** Fell due unnoticed: each gets a SKIPPED row, none is mailed. */
  missed: DueStep[];
  /** The next one; null when the cadence is finished. */
  next: DueStep | null;
}

/**
 * What a cadence does at `now`: the latest step that has fallen due and is not too late, the others that were missed on
 * the way, and the step that comes next.
 *
 * @param done normalised periods that were sent or skipped; a step is its period, whatever its instant.
 */
export function nextStep(plan: StepPlan, done: ReadonlySet<string>, now: Date): StepDecision {
  const open = dueSteps(plan).filter(({ key }) => !done.has(key));
  const due = open.filter(({ dueAt }) => dueAt <= now);
  const latest = due.at(-1);
  const inTime = latest && now.getTime() - latest.dueAt.getTime() <= MAX_LATE_MS && !isOver(plan, now);
  const fire = inTime ? latest : null;
  return { fire, missed: due.filter((step) => step !== fire), next: open[due.length] ?? null };
}

/** When a step of this period falls due. */
export function dueAtOf({ anchor, zone, side }: Omit<StepPlan, 'steps'>, period: Period): Date {
  return addPeriod(anchor, period, side === 'AFTER_ANCHOR' ? 1 : -1, zone);
}

/** What announces an instant is not sent once it has come. */
function isOver({ side, anchor }: StepPlan, now: Date): boolean {
  return side === 'BEFORE_ANCHOR' && now >= anchor;
}

function dueSteps(plan: StepPlan): DueStep[] {
  return plan.steps
    .map(({ period, since }) => ({
      key: periodKey(period),
      period,
      since,
      dueAt: dueAtOf(plan, period),
    }))
    .filter(({ dueAt, since }) => dueAt >= since)
    .sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime())
    .map(({ key, period, dueAt }) => ({ key, period, dueAt }));
}
