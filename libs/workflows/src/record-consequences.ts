import { type InvoiceState } from '#billing/billing-state';
import { type Transaction } from '#database/database';
import { periodOfKey } from '#kernel/period';
import { activeWorkflows, type ActiveWorkflow, inScope } from './data/active-workflows.js';
import { lockCadencesOf, saveCadence } from './data/cadence.repository.js';
import { firingKey, planTrigger } from './data/plan-trigger.js';
import { cadenceState } from './domain/cadence.js';
import { type BillingChange } from './variants/workflow-variant.js';

/** Customer and platform zones, for calendars of invoices that state none. */
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
  if (starts) await startWorkflows(tx, change, matching);
  if (change.type === 'INVOICE') await moveCadences(tx, change.after, change.at, matching, zones, starts);
}

async function startWorkflows(tx: Transaction, change: BillingChange, workflows: ActiveWorkflow[]): Promise<void> {
  for (const workflow of workflows) {
    const startsAt = workflow.rule.startsOn?.(change);
    if (!startsAt || startsAt < visibleSince(workflow, change.after.customerId)) continue;
    await planTrigger(tx, workflow, {
      type: 'EVENT',
      firingKey: firingKey(workflow, change.after.id),
      ...triggerTarget(change),
      payload: triggerPayload(change, workflow.rule.variant),
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

function triggerTarget({ type, after }: BillingChange) {
  return type === 'INVOICE'
    ? { resourceType: type, resourceId: after.id, customerId: after.customerId, invoiceId: after.id, paymentId: null }
    : {
        resourceType: type,
        resourceId: after.id,
        customerId: after.customerId,
        invoiceId: after.invoiceId,
        paymentId: after.id,
      };
}

function triggerPayload({ type, after }: BillingChange, variant: string): object {
  return type === 'INVOICE' ? { invoice_id: after.id, event: { variant } } : { payment_id: after.id, event: { variant } };
}

async function moveCadences(
  tx: Transaction,
  invoice: InvoiceState,
  now: Date,
  workflows: ActiveWorkflow[],
  zones: Zones,
  starts: boolean,
): Promise<void> {
  const timed = workflows.filter(({ rule }) => rule.cadence);
  if (timed.length === 0) return;
  const stored = await lockCadencesOf(tx, invoice.platformId, invoice.id);
  for (const workflow of timed) {
    const cadence = stored.find(({ workflowId }) => workflowId === workflow.id) ?? null;
    if (!workflow.rule.cadence || (!cadence && !starts)) continue;
    const state = cadenceState(workflow.rule.cadence, workflow, { resource: invoice, ...zones }, cadence, now);
    if (!state) continue;
    const key = { platformId: invoice.platformId, workflowId: workflow.id, resourceId: invoice.id };
    await saveCadence(tx, { ...key, customerId: invoice.customerId }, state);
    if (cadence?.anchorAt && state.anchorAt && cadence.anchorAt.getTime() !== state.anchorAt.getTime()) {
      await askPendingAgain(tx, key);
    }
  }
}

/** Executions that wait for another try were planned for an anchor that has moved: their guard decides now, not in hours. */
async function askPendingAgain(tx: Transaction, { platformId, workflowId, resourceId }: { platformId: string; workflowId: string; resourceId: string }) {
  await tx.$executeRaw`
    UPDATE workflow_action_execution SET next_attempt_at = clock_timestamp()
     WHERE platform_id = ${platformId} AND invoice_id = ${resourceId} AND workflow_id = ${workflowId}
       AND state = 'PENDING' AND next_attempt_at > clock_timestamp()`;
}

/** The trigger block of a cadence's step, as on the wire; only OVERDUE has a place for its period (b.4). */
export function stepPayload(invoiceId: string, variant: string, step: string): object {
  const period = periodOfKey(step);
  return { invoice_id: invoiceId, event: { variant, ...(variant === 'OVERDUE' ? { overdue: { period } } : {}) } };
}
