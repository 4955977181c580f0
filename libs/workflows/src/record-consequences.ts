import { type Transaction } from '#database/database';
import { periodOfKey } from '#kernel/period';
import { activeWorkflows, type ActiveWorkflow, inScope } from './data/active-workflows.js';
import { lockCadencesOf, saveCadence, type StoredCadence } from './data/cadence.repository.js';
import { followCustomer, skipMoved } from './data/planned-executions.js';
import { firingKey, planTrigger } from './data/plan-trigger.js';
import { type CadenceState, cadenceState, reopen } from './domain/cadence.js';
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
  if (change.type === 'INVOICE' && change.before && change.before.customerId !== change.after.customerId) {
    await followCustomer(tx, change.after);
  }
  if (starts) await startWorkflows(tx, change, matching);
  if (change.type === 'INVOICE') await moveCadences(tx, change, matching, zones, starts);
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
  return type === 'INVOICE'
    ? { invoice_id: after.id, event: { variant } }
    : { payment_id: after.id, event: { variant } };
}

type InvoiceChange = Extract<BillingChange, { type: 'INVOICE' }>;

async function moveCadences(
  tx: Transaction,
  change: InvoiceChange,
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
  { after: resource, at }: InvoiceChange,
  zones: Zones,
  cadence: StoredCadence | null,
): Promise<void> {
  const { rule } = workflow;
  if (!rule.cadence) return;
  const facts = { resource, ...zones };
  let state = cadenceState(rule.cadence, workflow, facts, cadence, at);
  if (!state) return;
  const key = { platformId: resource.platformId, workflowId: workflow.id, resourceId: resource.id };
  if (cadence && anchorMoved(cadence, state)) {
    const unsent = await skipMoved(tx, key, state.anchorAt);
    state = cadenceState(rule.cadence, workflow, facts, unsent.reduce(reopen, state), at) ?? state;
  }
  await saveCadence(tx, { ...key, customerId: resource.customerId }, state);
}

/**
 * Enrolment that is under way reaches every invoice that was open before this change, and knows from when on its steps
 * count: making its cadence here would lose those that fell due between the activation and now.
 */
function leftToEnrolment(
  { rule, enrolling, scoped, customerIds }: ActiveWorkflow,
  { before }: InvoiceChange,
  cadence: StoredCadence | null,
): boolean {
  if (!enrolling || !before || (cadence && cadence.state !== 'SUSPENDED')) return false;
  return rule.cadence?.qualifies(before) === true && inScope({ scoped, customerIds }, before.customerId);
}

function anchorMoved(before: CadenceState, after: CadenceState): after is CadenceState & { anchorAt: Date } {
  return before.anchorAt !== null && after.anchorAt !== null && before.anchorAt.getTime() !== after.anchorAt.getTime();
}

/** The trigger block of a cadence's step, as on the wire; only OVERDUE has a place for its period (b.4). */
export function stepPayload(invoiceId: string, variant: string, step: string): object {
  const period = periodOfKey(step);
  return { invoice_id: invoiceId, event: { variant, ...(variant === 'OVERDUE' ? { overdue: { period } } : {}) } };
}
