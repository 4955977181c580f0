import { type MailFacts, type SubscriptionFact } from '#billing/mail-facts';
import { isJsonObject, textOf } from '#billing/resources/merge-patch';
import { type Formatter } from '#kernel/format';
import { calendarDays, firstZone, toWireTime } from '#kernel/local-time';
import { type VariantVariables } from '../workflow-variant.js';

/** What a template may say about a trial (e.44). */
export function trialVariables(facts: MailFacts, format: Formatter, now: Date): VariantVariables {
  const { subscription, customer, platform } = facts;
  const { startAt = null, endAt = null } = subscription?.schedule ?? {};
  const zone = firstZone(customer?.timezone, platform.timezone);
  return {
    ...subscriptionVariables(subscription),
    ...dateVariables('trial_start_date', startAt, format),
    ...dateVariables('trial_end_date', endAt, format),
    days_until_trial_end: endAt ? calendarDays(now, endAt, zone) : 0,
    sent_at_raw: toWireTime(now),
  };
}

function subscriptionVariables(subscription: SubscriptionFact | null): VariantVariables {
  return {
    subscription_id: subscription ? subscription.id : null,
    subscription_name: subscription ? textOf(subscription.document, 'name') : null,
    subscription_reference: subscription ? subscription.reference : null,
    plan_name: subscription ? planName(subscription) : null,
  };
}

function dateVariables(name: string, instant: Date | null, format: Formatter): VariantVariables {
  return { [name]: instant && format.date(instant), [`${name}_raw`]: instant && toWireTime(instant) };
}

function planName({ schedule }: SubscriptionFact): string | null {
  const plan = schedule?.document.pricing_plan;
  return isJsonObject(plan) ? textOf(plan, 'name') : null;
}
