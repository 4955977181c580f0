import { type TrialState } from '#billing/billing-state';
import { type SubscriptionChange } from '#billing/subscriptions/write-subscription';
import { zonesOf } from '#billing/zones';
import { type Transaction } from '#database/database';
import { isDeepStrictEqual } from 'node:util';
import { recordConsequences } from './record-consequences.js';

/**
 * ② and ③ for a subscription that was just written, or one of its schedules: each schedule that is different moves the
 * cadences that follow it. One that is gone has no end any more, which ends them.
 */
export async function recordSubscriptionConsequences(
  tx: Transaction,
  { row, before, after, at }: SubscriptionChange,
  options: { starts: boolean },
): Promise<void> {
  const changes = changesOf(before, after);
  if (changes.length === 0) return;
  const zones = await zonesOf(tx, row.platformId, row.customerId);
  for (const change of changes) {
    await recordConsequences(tx, { type: 'PRICING_PLAN_SUBSCRIPTION', ...change, at }, zones, options);
  }
}

function changesOf(
  before: readonly TrialState[],
  after: readonly TrialState[],
): { before: TrialState | null; after: TrialState }[] {
  const was = new Map(before.map((state) => [state.id, state]));
  const is = new Set(after.map(({ id }) => id));
  const gone = before
    .filter(({ id }) => !is.has(id))
    .map((state) => ({ before: state, after: { ...state, endAt: null } }));
  const others = after.map((state) => ({ before: was.get(state.id) ?? null, after: state }));
  return [...gone, ...others.filter((change) => !isDeepStrictEqual(change.before, change.after))];
}
