import { type Transaction } from '#database/database';
import { DomainError } from '#kernel/errors';
import { newId } from '#kernel/ids';
import { type Period, periodKey } from '#kernel/period';
import { type ActiveWorkflow, activeWorkflows, inScope } from './data/active-workflows.js';
import { databaseTime } from '#database/database-time';
import { planTrigger } from './data/plan-trigger.js';
import { shareLock } from './data/platform-lock.js';
import { findManualTarget, type ManualTarget, type StatedTarget } from './manual-target.js';
import { VARIANTS } from './variants/index.js';

/** A client asks for one run of a workflow for one object (e.39). */
export interface ManualTriggerRequest extends StatedTarget {
  workflowId: string | null;
  /** Must agree with the object's customer when stated. */
  customerId: string | null;
}

/**
 * Plans one run outside of any timing, for tests and diagnostics. Never de-duplicated: its key is its own id.
 * @returns the id of the trigger.
 * @throws DomainError naming the field that is wrong.
 */
export async function recordManualTrigger(
  tx: Transaction,
  platformId: string,
  request: ManualTriggerRequest,
): Promise<string> {
  await shareLock(tx, platformId);
  const target = await findManualTarget(tx, platformId, request);
  const { customerId } = target.resource;
  if (request.customerId && request.customerId !== customerId) {
    throw DomainError.invalidField(
      'customer_id',
      `The ${target.block} belongs to the customer ${customerId ?? 'nobody'}.`,
    );
  }
  const workflow = await chooseWorkflow(tx, platformId, request.workflowId, target);
  const problem = workflow.rule.manualProblem(target.resource);
  if (problem) throw DomainError.invalidOperation(problem, { field: `${target.block}.${target.block}_id` });
  const manual = manualBlock(workflow, target);
  const id = newId('workflowTrigger');
  const planned = await planTrigger(tx, workflow, {
    id,
    type: 'MANUAL',
    firingKey: id,
    ...target.names,
    payload: { ...target.payload, manual },
    step: manual.overdue ? periodKey(manual.overdue.period) : null,
    anchorAt: null,
    dueAt: await databaseTime(tx),
    skipped: null,
  });
  if (!planned) throw new Error(`The manual trigger ${id} was taken for one that had fired.`);
  return planned;
}

const SERVED_TYPES = [...new Set(VARIANTS.map(({ type }) => type))];

async function chooseWorkflow(
  tx: Transaction,
  platformId: string,
  workflowId: string | null,
  target: ManualTarget,
): Promise<ActiveWorkflow> {
  const candidates = (await activeWorkflows(tx, platformId, SERVED_TYPES)).filter(
    (workflow) => !workflowId || workflow.id === workflowId,
  );
  const [named] = candidates;
  if (workflowId) {
    if (!named) await refuseWorkflow(tx, platformId, workflowId);
    else if (named.rule.type !== target.type) {
      throw DomainError.invalidField(
        target.block,
        `This workflow runs for ${named.rule.type}, not for ${target.type}.`,
      );
    } else if (!inScope(named, target.resource.customerId)) {
      throw DomainError.invalidOperation('The customer is not in the scope of this workflow (customer_ids).', {
        field: 'workflow_id',
      });
    } else return named;
  }
  return onlyMatch(candidates, target);
}

async function refuseWorkflow(tx: Transaction, platformId: string, id: string): Promise<never> {
  const row = await tx.workflow.findUnique({ where: { platformId_id: { platformId, id } } });
  if (!row) throw DomainError.unknownReference('WORKFLOW', id, 'workflow_id');
  throw DomainError.invalidOperation(`The workflow is ${row.status}; only an ACTIVE one runs. Activate it first.`, {
    field: 'workflow_id',
  });
}

function onlyMatch(candidates: ActiveWorkflow[], target: ManualTarget): ActiveWorkflow {
  const matching = candidates.filter(
    (workflow) =>
      workflow.rule.type === target.type &&
      inScope(workflow, target.resource.customerId) &&
      (!target.manual.variant || workflow.rule.variant === target.manual.variant),
  );
  const [only, another] = matching;
  if (another) {
    throw DomainError.missingField('workflow_id', 'Several ACTIVE workflows match; state workflow_id to choose one.');
  }
  if (!only) {
    throw new DomainError('RESOURCE_NOT_FOUND', 'No ACTIVE workflow matches this object and customer.', {
      field: 'workflow_id',
      resourceType: 'WORKFLOW',
      foundIn: 'body',
    });
  }
  return only;
}

/** The manual block as it is recorded: the workflow's variant, for cadences the step that it stands for. */
function manualBlock(
  workflow: ActiveWorkflow,
  { block, manual }: ManualTarget,
): { variant: string; overdue?: { period: Period } } {
  const { variant, cadence } = workflow.rule;
  if (manual.variant && manual.variant !== variant) {
    throw DomainError.invalidField(`${block}.manual.variant`, `The workflow's variant is ${variant}.`);
  }
  if (variant !== 'OVERDUE') return { variant };
  const period = manual.overdue?.period ?? cadence?.periods(workflow.config)[0];
  return period ? { variant, overdue: { period } } : { variant };
}
