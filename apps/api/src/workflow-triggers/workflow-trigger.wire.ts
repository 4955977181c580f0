import { z } from 'zod';
import { toWireTime } from '#kernel/local-time';
import { periodOfKey } from '#kernel/period';
import { type TriggerWithStatus } from '#workflows/data/workflow-trigger.repository';
import { TRIGGER_STATUSES } from '#workflows/domain/trigger-status';
import {
  INVOICE_VARIANTS,
  PAYMENT_VARIANTS,
  SUBSCRIPTION_VARIANTS,
  WALLET_VARIANTS,
} from '#workflows/domain/workflow-blocks';
import { pageOf } from '../http/pages.js';
import { id, instant, kept, period } from '../wire/fields.js';

export const TRIGGER_TYPES = ['MANUAL', 'EVENT'] as const;

const overdue = z.object({ period: period.optional().describe('The step that the run stands for.') });

/** Recorded when the system starts a run. */
const event = <Variants extends readonly [string, ...string[]]>(variants: Variants) =>
  z.object({ variant: z.enum(variants).optional() });

/** Recorded when somebody asks for a run. */
const manual = <Variants extends readonly [string, ...string[]]>(variants: Variants) =>
  z.object({
    user_id: z.string().nullish().describe('Who asked for it; set by the server, absent for an API key.'),
    variant: z.enum(variants).optional().describe("Default, and the only one possible: the workflow's variant."),
  });

/** What a run is for: exactly one of the four. */
const targets = {
  invoice: z
    .object({
      invoice_id: id.optional().describe('The invoice that the workflow runs for.'),
      event: event(INVOICE_VARIANTS).extend({ overdue: overdue.nullish() }).nullish(),
      manual: manual(INVOICE_VARIANTS).extend({ overdue: overdue.optional() }).optional(),
    })
    .optional(),
  payment: z
    .object({
      payment_id: id.optional().describe('The payment that the workflow runs for.'),
      event: event(PAYMENT_VARIANTS).nullish(),
      manual: manual(PAYMENT_VARIANTS).optional(),
    })
    .optional(),
  pricing_plan_subscription: z
    .object({
      pricing_plan_subscription_id: id.optional(),
      pricing_plan_schedule_id: id.optional(),
      trial_end_at: instant.optional(),
      event: event(SUBSCRIPTION_VARIANTS).nullish(),
      manual: manual(SUBSCRIPTION_VARIANTS).optional(),
    })
    .optional(),
  wallet: z
    .object({
      wallet_type_id: id.optional(),
      wallet_id: id.optional(),
      customer_reference: z.string().nullish(),
      wallet_reference: z.string().nullish(),
      event: event(WALLET_VARIANTS).nullish(),
      manual: manual(WALLET_VARIANTS).optional().describe('Additive: as for the other objects.'),
    })
    .optional(),
};

const definition = {
  customer_id: id.nullish().describe('The customer of the object; derived when absent.'),
  workflow_id: id.optional().describe('The workflow to run; may be absent when exactly one ACTIVE workflow matches.'),
  type: z.enum(TRIGGER_TYPES).describe('MANUAL when a client asks for the run; the system alone creates EVENT.'),
  ...targets,
};

export const workflowTriggerCreateRequest = z.object(definition).meta({ id: 'WorkflowTriggerCreateRequest' });
export type WorkflowTriggerCreateRequest = z.output<typeof workflowTriggerCreateRequest>;

export const workflowTriggerResponse = z
  .object({
    object_type: z.literal('WORKFLOW_TRIGGER'),
    id: z.string(),
    ...definition,
    period: period.optional().describe('The step that the run stands for, in days or months.'),
    status: z.enum(TRIGGER_STATUSES).describe('How its executions stand now.'),
    created_at: z.string().describe('When it was recorded: ISO 8601, UTC, whole seconds.'),
    workflow: kept.optional().describe('With `expand[]=workflow_id`.'),
    customer: kept.optional().describe('With `expand[]=customer_id`.'),
  })
  .meta({ id: 'WorkflowTrigger' });

export const workflowTriggerPage = pageOf(workflowTriggerResponse, 'WorkflowTriggerPaginatedResponse');

/** What a caller asked to see in line; undefined parts were not asked for or do not exist. */
export interface TriggerExpansion {
  workflow?: object;
  customer?: object;
  /** What the run is for, shown in its block. */
  resource?: object;
}

export function toWire(
  { trigger, status }: TriggerWithStatus,
  { workflow, customer, resource }: TriggerExpansion = {},
) {
  const block = trigger.resourceType.toLowerCase();
  return {
    object_type: 'WORKFLOW_TRIGGER',
    id: trigger.id,
    customer_id: trigger.customerId ?? undefined,
    workflow_id: trigger.workflowId,
    type: trigger.type,
    [block]: { ...(trigger.payload as object), ...(resource ? { [block]: resource } : {}) },
    period: trigger.step === null ? undefined : periodOfKey(trigger.step),
    status,
    created_at: toWireTime(trigger.createdAt),
    workflow,
    customer,
  };
}
