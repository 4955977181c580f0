import { type Transaction } from '#database/database';
import { activeWorkflows, type ActiveWorkflow, inScope } from './data/active-workflows.js';
import { followCustomer } from './data/planned-executions.js';
import { firingKey, planTrigger } from './data/plan-trigger.js';
import { walletPayload } from './data/wallet-payload.js';
import { moveCadences } from './move-cadences.js';
import { timedResource } from './timed-resources.js';
import { type BillingChange, type TimedChange } from './variants/workflow-variant.js';

/** Customer and platform zones, for calendars of resources that state none. */
export interface Zones {
  customerZone: string | null;
  platformZone: string | null;
}

/**
 * What follows from the change of a billing resource: triggers and executions of the workflows that it starts, cadences that
 * it enrols, moves or ends. Runs in the transaction of the change (rule 2), after the platform's shared lock was taken and
 * the resource was locked.
 *
 * @param starts false for `record_only` writes: existing cadences still follow the resource, nothing new starts (e.34).
 */
export async function recordConsequences(
  tx: Transaction,
  change: BillingChange,
  zones: Zones,
  { starts }: { starts: boolean },
): Promise<void> {
  const { platformId } = change.after;
  const workflows = await activeWorkflows(tx, platformId, [change.type]);
  const matching = workflows.filter((workflow) => inScope(workflow, change.after.customerId));
  const timed = isTimed(change) ? change : null;
  if (timed?.before && timed.before.customerId !== timed.after.customerId) {
    await followCustomer(tx, timed.type, timed.after);
  }
  if (starts) await startMatching(tx, change, matching);
  if (timed) await moveCadences(tx, timed, matching, zones, starts);
}

/** The event-driven half of `recordConsequences`, for resources that no calendar follows. */
export async function startWorkflows(tx: Transaction, change: BillingChange): Promise<void> {
  const workflows = await activeWorkflows(tx, change.after.platformId, [change.type]);
  const matching = workflows.filter((workflow) => inScope(workflow, change.after.customerId));
  await startMatching(tx, change, matching);
}

async function startMatching(tx: Transaction, change: BillingChange, workflows: ActiveWorkflow[]): Promise<void> {
  for (const workflow of workflows) {
    const startsAt = workflow.rule.startsOn?.(change, workflow.config);
    if (!startsAt || startsAt < visibleSince(workflow, change.after.customerId)) continue;
    await planTrigger(tx, workflow, {
      type: 'EVENT',
      firingKey: firingKey(workflow, change.after.id, occurrence(change)),
      ...triggerTarget(change),
      payload: { ...triggerPayload(change), event: { variant: workflow.rule.variant } },
      step: null,
      anchorAt: null,
      dueAt: startsAt,
      skipped: null,
    });
  }
}

/** A workflow sees no event before its activation or the customer's entry; documents state whole seconds. */
function visibleSince({ activatedAt, scopeSince }: ActiveWorkflow, customerId: string | null): Date {
  const entered = scopeSince[customerId ?? ''] ?? scopeSince['*'];
  const since = Math.max(activatedAt.getTime(), entered ? new Date(entered).getTime() : 0);
  return new Date(Math.floor(since / 1000) * 1000);
}

function triggerTarget(change: BillingChange) {
  if (isTimed(change)) return timedResource(change.type).target(change.after);
  const { type, after } = change;
  const target = { resourceType: type, resourceId: after.id, customerId: after.customerId };
  if (type === 'WALLET') return { ...target, invoiceId: null, paymentId: null, walletId: after.id };
  return { ...target, invoiceId: after.invoiceId, paymentId: after.id };
}

/** The block of the resource type, as on the wire. */
function triggerPayload(change: BillingChange): object {
  if (isTimed(change)) return timedResource(change.type).payload(change.after);
  const { type, after } = change;
  return type === 'WALLET' ? walletPayload(after) : { payment_id: after.id };
}

/** What happens to a wallet may happen again: each time it is another one (e.33). */
function occurrence(change: BillingChange): { key: string; anchorAt: Date } | null {
  return change.type === 'WALLET' ? { key: String(change.after.revision), anchorAt: change.at } : null;
}

function isTimed(change: BillingChange): change is TimedChange {
  return change.type === 'INVOICE' || change.type === 'PRICING_PLAN_SUBSCRIPTION';
}
