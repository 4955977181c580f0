import { DomainError } from '#kernel/errors';
import { periodKey } from '#kernel/period';
import { BLOCK, type StatedPeriod, WORKFLOW_TYPES } from './workflow-blocks.js';
import {
  blockOf,
  isPeriod,
  type StatedSteps,
  statedSteps,
  type WorkflowDefinition,
  variantOf,
} from './workflow-definition.js';
import { checkWallet } from './wallet-rules.js';

/** Steps that one workflow may have. */
const MOST_STEPS = 20;
const LARGEST_PERIOD = 3650;

/** Whether this version can run a variant (e.81). */
export type IsServed = (type: string, variant: string) => boolean;

/**
 * What must be true of a workflow whoever writes it: only the block of its own type; steps that are in range and different
 * from each other; and, unless it is a draft or archived, everything that it needs to run (e.17, e.20, e.26).
 * @throws DomainError for the first problem, with its field.
 */
export function checkWorkflow(workflow: WorkflowDefinition): void {
  checkScope(workflow.customer_ids);
  checkBlocks(workflow);
  const complete = workflow.status === 'INACTIVE' || workflow.status === 'ACTIVE';
  if (complete) checkVariant(workflow);
  for (const steps of statedSteps(workflow)) checkSteps(steps, variantOf(workflow), complete);
  if (workflow.wallet) checkWallet(workflow.wallet, complete);
}

/**
 * What a change may do to a workflow (e.18): its type stays, and so does its variant once it has been triggered.
 * @throws DomainError
 */
export function checkWorkflowChange(before: WorkflowDefinition, after: WorkflowDefinition, triggered: boolean): void {
  if (before.type !== after.type) {
    throw DomainError.invalidField(
      'type',
      `type stays ${before.type} for good; create another workflow for ${after.type}.`,
    );
  }
  const [old, now] = [variantOf(before), variantOf(after)];
  if (old === null || old === now || !triggered) return;
  throw DomainError.invalidOperation(
    `This workflow has been triggered as ${old}, so its variant stays; create another workflow for ${String(now)}.`,
    { field: `${BLOCK[after.type]}.variant` },
  );
}

/** An ACTIVE workflow is one that this version can run (e.81). @throws DomainError */
export function checkServed(workflow: WorkflowDefinition, isServed: IsServed): void {
  const variant = variantOf(workflow);
  if (workflow.status !== 'ACTIVE' || variant === null || isServed(workflow.type, variant)) return;
  throw DomainError.invalidOperation(
    `Workflows of the variant ${variant} are not supported by this version; keep it INACTIVE or DRAFT until they are.`,
    { field: 'status' },
  );
}

function checkScope(customerIds: WorkflowDefinition['customer_ids']): void {
  if (customerIds?.length !== 0) return;
  throw DomainError.invalidField(
    'customer_ids',
    'customer_ids must not be empty: that would mail every customer. Name at least one, or state null for everyone.',
  );
}

function checkBlocks(workflow: WorkflowDefinition): void {
  for (const type of WORKFLOW_TYPES) {
    const block = BLOCK[type];
    if (type === workflow.type || workflow[block] === undefined) continue;
    throw DomainError.invalidField(block, `${block} does not belong to a workflow of type ${workflow.type}.`);
  }
}

function checkVariant(workflow: WorkflowDefinition): void {
  const block = BLOCK[workflow.type];
  if (blockOf(workflow) === undefined) {
    throw DomainError.missingField(
      block,
      `A workflow of type ${workflow.type} needs ${block}, unless its status is DRAFT.`,
    );
  }
  if (variantOf(workflow) !== null) return;
  throw DomainError.missingField(`${block}.variant`, `${block}.variant is required, unless the status is DRAFT.`);
}

function checkSteps({ variant, field, periods, least }: StatedSteps, own: string | null, complete: boolean): void {
  const settings = field.replace(/\.periods$/, '');
  if (periods != null && own !== null && variant !== own) {
    throw DomainError.invalidField(settings, `${settings} belongs to the variant ${variant}, not to ${own}.`);
  }
  if (complete && variant === own && !periods?.length) {
    throw DomainError.missingField(field, `${field} needs at least one period, unless the status is DRAFT.`);
  }
  if (periods && periods.length > MOST_STEPS) {
    throw DomainError.invalidField(field, `${field} takes at most ${MOST_STEPS} periods.`);
  }
  const seen = new Set<string>();
  for (const [index, period] of (periods ?? []).entries()) {
    const at = `${field}.${index}`;
    checkPeriod(period, at, least, complete);
    checkDifferent(period, at, seen);
  }
}

function checkPeriod({ type, value }: StatedPeriod, field: string, least: number, complete: boolean): void {
  if (complete && type === undefined) throw DomainError.missingField(`${field}.type`);
  if (complete && value === undefined) throw DomainError.missingField(`${field}.value`);
  if (value === undefined || (value === null && !complete)) return;
  if (value !== null && value >= least && value <= LARGEST_PERIOD) return;
  throw DomainError.invalidField(
    `${field}.value`,
    `${field}.value must be a whole number from ${least} to ${LARGEST_PERIOD}.`,
  );
}

function checkDifferent(period: StatedPeriod, field: string, seen: Set<string>): void {
  if (!isPeriod(period)) return;
  // No time is the same in every unit, which `periodKey` cannot say of days and months.
  const key = period.value === 0 ? '0' : periodKey(period);
  if (seen.has(key)) {
    throw DomainError.invalidField(field, `${field} is the same step as one before it (1 WEEK is 7 DAY).`);
  }
  seen.add(key);
}
