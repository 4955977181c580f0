import { type Period, periodKey } from '#kernel/period';
import {
  BLOCK,
  type StatedPeriod,
  type WorkflowBlock,
  type WorkflowBlocks,
  type WorkflowType,
} from './workflow-blocks.js';
import { type Status } from './workflow-status.js';

/** A workflow as its owner defines it, in the words of the wire. */
export interface WorkflowDefinition extends WorkflowBlocks {
  name: string;
  description?: string | null;
  type: WorkflowType;
  reference: string;
  status: Status;
  /** Null or absent: every customer. Never empty. */
  customer_ids?: string[] | null;
}

/** The block of the workflow's own type; undefined when a draft has none yet. */
export function blockOf(workflow: WorkflowBlocks & { type: WorkflowType }): WorkflowBlock | undefined {
  return workflow[BLOCK[workflow.type]];
}

export function variantOf(workflow: WorkflowBlocks & { type: WorkflowType }): string | null {
  return blockOf(workflow)?.variant ?? null;
}

/** A list of steps that a block states, whether or not its variant uses it. */
export interface StatedSteps {
  /** The variant that the list belongs to. */
  variant: string;
  /** Dotted path of the list in the workflow. */
  field: string;
  periods: StatedPeriod[] | null | undefined;
  /** The smallest value of a period: only a due date can have a step on the day itself. */
  least: 0 | 1;
}

/** Every place of the workflow's own block where steps can stand. */
export function statedSteps(workflow: WorkflowBlocks & { type: WorkflowType }): StatedSteps[] {
  if (workflow.type === 'INVOICE') {
    const { overdue, upcoming_payment } = workflow.invoice ?? {};
    return [
      { variant: 'OVERDUE', field: 'invoice.overdue.periods', periods: overdue?.periods, least: 0 },
      {
        variant: 'UPCOMING_PAYMENT_REMINDER',
        field: 'invoice.upcoming_payment.periods',
        periods: upcoming_payment?.periods,
        least: 1,
      },
    ];
  }
  if (workflow.type !== 'PRICING_PLAN_SUBSCRIPTION') return [];
  const { reminder_periods: periods } = workflow.pricing_plan_subscription ?? {};
  return [{ variant: 'FREE_TRIAL_REMINDER', field: 'pricing_plan_subscription.reminder_periods', periods, least: 1 }];
}

/**
 * The steps of a complete workflow by their normalised periods, in the order stated; empty for a variant without steps and
 * for a draft that has none yet.
 */
export function stepKeys(workflow: WorkflowBlocks & { type: WorkflowType }): string[] {
  const own = statedSteps(workflow).find(({ variant }) => variant === variantOf(workflow));
  return (own?.periods ?? []).filter(isPeriod).map(periodKey);
}

export function isPeriod(period: StatedPeriod): period is Period {
  return period.type !== undefined && typeof period.value === 'number';
}

/**
 * A changed workflow without what a choice between alternatives leaves behind: the settings of the variant that it had
 * before, and the kind of threshold that another one replaces. What the change itself states stays, for the rules to refuse.
 * @param patch the change, as the caller wrote it.
 */
export function withoutLeftovers(workflow: WorkflowDefinition, patch: WorkflowBlocks): WorkflowDefinition {
  return withoutOldThreshold(withoutOldVariant(workflow, patch), patch);
}

function withoutOldVariant(workflow: WorkflowDefinition, patch: WorkflowBlocks): WorkflowDefinition {
  if (workflow.invoice?.variant === undefined) return workflow;
  const { overdue, upcoming_payment, ...kept } = workflow.invoice;
  const keeps = (variant: string, stated: unknown) => kept.variant === variant || stated !== undefined;
  const invoice = {
    ...kept,
    ...(overdue && keeps('OVERDUE', patch.invoice?.overdue) ? { overdue } : {}),
    ...(upcoming_payment && keeps('UPCOMING_PAYMENT_REMINDER', patch.invoice?.upcoming_payment)
      ? { upcoming_payment }
      : {}),
  };
  return { ...workflow, invoice };
}

function withoutOldThreshold(workflow: WorkflowDefinition, patch: WorkflowBlocks): WorkflowDefinition {
  const balance = workflow.wallet?.wallet_balance;
  const stated = Object.keys(patch.wallet?.wallet_balance?.threshold ?? {});
  if (!balance?.threshold || stated.length === 0) return workflow;
  const threshold = Object.fromEntries(Object.entries(balance.threshold).filter(([kind]) => stated.includes(kind)));
  return { ...workflow, wallet: { ...workflow.wallet, wallet_balance: { ...balance, threshold } } };
}
