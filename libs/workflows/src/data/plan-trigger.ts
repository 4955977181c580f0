import { type Transaction } from '#database/database';
import { sql } from '#database/statement';
import { newId } from '#kernel/ids';
import { addPeriod } from '#kernel/local-time';
import { journalOfEnds } from '#ledger/data/execution-ends';
import { type WorkflowType } from '../variants/workflow-variant.js';
import { type ActiveWorkflow } from './active-workflows.js';
import { journalManualTrigger, triggerEvents } from './trigger-events.js';

export interface NewTrigger {
  id?: string;
  /** EVENT, or MANUAL with the trigger's own id as key. */
  type: 'EVENT' | 'MANUAL';
  /** Equal for what must happen once (rule 3); see `firingKey`. */
  firingKey: string;
  customerId: string | null;
  invoiceId: string | null;
  paymentId: string | null;
  walletId?: string | null;
  subscriptionId?: string | null;
  scheduleId?: string | null;
  resourceType: WorkflowType;
  resourceId: string;
  /** The block of the resource type as on the wire. */
  payload: object;
  step: string | null;
  anchorAt: Date | null;
  /** When it is to happen; what is later than the variant's `maxLateMs` or the integration's window dies. */
  dueAt: Date;
  /** Set when it is only put on record that nothing is sent. */
  skipped: { reason: string; message: string } | null;
}

/**
 * Workflow, resource, variant and, for what may happen more than once, its step and the instant that this is counted from: an
 * anchor that may move, or a crossing. Never empty.
 */
export function firingKey(
  workflow: ActiveWorkflow,
  resourceId: string,
  step: { key: string; anchorAt: Date } | null = null,
): string {
  const parts = [workflow.id, resourceId, workflow.rule.type, workflow.rule.variant];
  return [...parts, ...(step ? [step.key, step.anchorAt.toISOString()] : [])].join('|');
}

/**
 * Puts the trigger and one execution per ACTIVE action on record, together or not at all. The execution row is the promise
 * and its own outbox.
 *
 * @returns the trigger's id; null when this has fired already.
 */
export async function planTrigger(
  tx: Transaction,
  workflow: ActiveWorkflow,
  trigger: NewTrigger,
): Promise<string | null> {
  const id = trigger.id ?? newId('workflowTrigger');
  if (!(await insertPlanned(tx, workflow, id, trigger))) return null;
  if (trigger.type === 'MANUAL') {
    await journalManualTrigger(tx, { platformId: workflow.platformId, workflowId: workflow.id, id }, trigger);
  }
  return id;
}

/** @returns false when this has fired already. */
async function insertPlanned(
  tx: Transaction,
  workflow: ActiveWorkflow,
  id: string,
  trigger: NewTrigger,
): Promise<boolean> {
  const executions = workflow.actions.map((action) => ({
    id: newId('execution'),
    actionId: action.id,
    version: action.version,
    type: action.type,
    notAfter: notAfter(workflow, trigger, action.deliveryWindow),
  }));
  const { skipped } = trigger;
  const planned = await tx.$queryRaw<{ id: string }[]>`
    WITH planned AS (
      INSERT INTO workflow_trigger
        (platform_id, id, workflow_id, customer_id, type, firing_key, resource_type, resource_id, variant, payload, step, anchor_at)
      VALUES (${workflow.platformId}, ${id}, ${workflow.id}, ${trigger.customerId}, ${trigger.type}, ${trigger.firingKey},
        ${trigger.resourceType}, ${trigger.resourceId}, ${workflow.rule.variant}, ${JSON.stringify(trigger.payload)}::jsonb,
        ${trigger.step}, ${trigger.anchorAt}::timestamptz)
      ON CONFLICT (platform_id, firing_key) DO NOTHING
      RETURNING workflow_trigger.*
    ), triggered AS (${triggerEvents(sql`planned`)}
    ), executions AS (
      INSERT INTO workflow_action_execution
        (platform_id, id, trigger_id, workflow_id, customer_id, action_id, action_version, action_type, invoice_id, payment_id,
         wallet_id, subscription_id, schedule_id, manual, state, reason, reason_message, due_at, next_attempt_at, not_after, recorded_at, created_at, finished_at)
      SELECT planned.platform_id, e.id, planned.id, planned.workflow_id, planned.customer_id, e."actionId", e.version, e.type,
             ${trigger.invoiceId}, ${trigger.paymentId}, ${trigger.walletId ?? null}, ${trigger.subscriptionId ?? null}, ${trigger.scheduleId ?? null}, ${trigger.type === 'MANUAL'}::boolean,
             ${skipped ? 'SKIPPED' : 'PENDING'}, ${skipped?.reason ?? null}, ${skipped?.message ?? null},
             ${trigger.dueAt}::timestamptz,
             CASE WHEN ${skipped === null}::boolean THEN ${trigger.dueAt}::timestamptz END,
             e."notAfter", now(), clock_timestamp(), CASE WHEN ${skipped !== null}::boolean THEN clock_timestamp() END
        FROM planned, jsonb_to_recordset(${JSON.stringify(executions)}::jsonb)
             AS e(id text, "actionId" text, version int, type text, "notAfter" timestamptz)
      RETURNING workflow_action_execution.*
    ), ${journalOfEnds(sql`executions`)}
    SELECT id FROM planned`;
  return planned.length > 0;
}

/** What announces an instant is not sent once it has come, however short it waited. */
function notAfter(
  { rule }: ActiveWorkflow,
  { dueAt, anchorAt }: NewTrigger,
  window: ActiveWorkflow['actions'][number]['deliveryWindow'],
): Date {
  const limits = [dueAt.getTime() + rule.maxLateMs];
  if (window) limits.push(addPeriod(dueAt, window, 1, 'UTC').getTime());
  if (anchorAt && rule.cadence?.side === 'BEFORE_ANCHOR') limits.push(anchorAt.getTime());
  return new Date(Math.min(...limits));
}
