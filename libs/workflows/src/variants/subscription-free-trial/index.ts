import { type TrialState } from '#billing/billing-state';
import { type SubscriptionFact } from '#billing/mail-facts';
import { cancelledFrom } from '#billing/subscriptions/trial';
import { toWireTime } from '#kernel/local-time';
import { type Period } from '#kernel/period';
import { MAX_LATE_MS } from '../../domain/next-step.js';
import { type CadenceRule, type Refusal, type WorkflowVariant } from '../workflow-variant.js';
import { trialVariables } from './trial-variables.js';

const cadence: CadenceRule<TrialState> = {
  side: 'BEFORE_ANCHOR',
  periods: (config) => (config as { reminder_periods?: Period[] | null } | null)?.reminder_periods ?? [],
  anchor: ({ endAt }) => endAt,
  qualifies: (trial) =>
    trial.endAt !== null && isRunning(trial) && !isCancelledBefore(trial.endAt, trial.cancelledFrom),
  // A trial that is shorter than the period is not reminded of before it has begun (e.31).
  notBefore: ({ startAt }) => startAt,
  repeatsWhenMoved: true,
  anchorIn: ({ subscription }) => subscription?.schedule?.endAt ?? null,
};

/**
 * PRICING_PLAN_SUBSCRIPTION / FREE_TRIAL_REMINDER: a step per period before the end of a TRIAL schedule of an ACTIVE BILLING
 * subscription, unless that is cancelled by then (e.31).
 */
export const freeTrial: WorkflowVariant = {
  type: 'PRICING_PLAN_SUBSCRIPTION',
  variant: 'FREE_TRIAL_REMINDER',
  maxLateMs: MAX_LATE_MS,
  cadence,
  guard: ({ subscription }, { now }) => (subscription ? notReminded(subscription, now) : GONE),
  manualProblem: (resource) =>
    'scheduleType' in resource && resource.scheduleType === 'TRIAL' && resource.endAt
      ? null
      : 'The schedule is no trial with an end: give it type TRIAL and end_at.',
  variables: trialVariables,
};

const GONE: Refusal = { reason: 'TRIAL_GONE', message: 'The subscription or its trial does not exist any more.' };

function notReminded({ status, type, document, schedule }: SubscriptionFact, now: Date): Refusal | null {
  if (!schedule) return GONE;
  if (!isRunning({ status, subscriptionType: type, scheduleType: schedule.type }) || !schedule.endAt) {
    return {
      reason: 'NOT_ON_TRIAL',
      message: `The subscription is ${status} and of type ${type}, its schedule of type ${schedule.type}${schedule.endAt ? '' : ' without an end'}: there is no trial to remind of.`,
    };
  }
  if (isCancelledBefore(schedule.endAt, cancelledFrom(document.inactive_periods))) {
    return { reason: 'SUBSCRIPTION_CANCELLED', message: 'The subscription is cancelled before its trial ends.' };
  }
  if (schedule.endAt > now) return null;
  return { reason: 'TRIAL_ENDED', message: `The trial ended at ${toWireTime(schedule.endAt)}.` };
}

function isRunning(trial: Pick<TrialState, 'status' | 'subscriptionType' | 'scheduleType'>): boolean {
  return trial.status === 'ACTIVE' && trial.subscriptionType === 'BILLING' && trial.scheduleType === 'TRIAL';
}

function isCancelledBefore(endAt: Date, from: Date | null): boolean {
  return from !== null && from < endAt;
}
