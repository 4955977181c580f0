import { type InvoiceState, type PaymentState } from '#billing/billing-state';
import { findInvoice, invoiceState } from '#billing/invoices/invoice.repository';
import { findPayment, paymentState } from '#billing/payments/payment.repository';
import { type Transaction } from '#database/database';
import { DomainError } from '#kernel/errors';
import { newId } from '#kernel/ids';
import { type Period, periodKey } from '#kernel/period';
import { type ActiveWorkflow, activeWorkflows, inScope } from './data/active-workflows.js';
import { databaseTime } from '#database/database-time';
import { planTrigger } from './data/plan-trigger.js';
import { shareLock } from './data/platform-lock.js';

/** A client asks for one run of a workflow for one object; blocks as on the wire (b.4, e.39). */
export interface ManualTriggerRequest {
  workflowId: string | null;
  /** Must agree with the object's customer when stated. */
  customerId: string | null;
  invoice?: { invoice_id?: string | null; manual?: ManualBlock | null } | null;
  payment?: { payment_id?: string | null; manual?: ManualBlock | null } | null;
}

interface ManualBlock {
  variant?: string | null;
  overdue?: { period?: Period | null } | null;
}

interface Target {
  type: 'INVOICE' | 'PAYMENT';
  /** `invoice` or `payment`: the block that named it. */
  block: 'invoice' | 'payment';
  resource: InvoiceState | PaymentState;
  invoiceId: string | null;
  paymentId: string | null;
  manual: ManualBlock;
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
  const target = await findTarget(tx, platformId, request);
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
    resourceType: target.type,
    resourceId: target.resource.id,
    customerId,
    invoiceId: target.invoiceId,
    paymentId: target.paymentId,
    payload: { [`${target.block}_id`]: target.resource.id, manual },
    step: manual.overdue ? periodKey(manual.overdue.period) : null,
    anchorAt: null,
    dueAt: await databaseTime(tx),
    skipped: null,
  });
  if (!planned) throw new Error(`The manual trigger ${id} was taken for one that had fired.`);
  return planned;
}

async function findTarget(tx: Transaction, platformId: string, request: ManualTriggerRequest): Promise<Target> {
  const { invoice, payment } = request;
  if (invoice && payment) {
    throw DomainError.invalidField('payment', 'State exactly one object: an invoice or a payment, not both.');
  }
  if (invoice) return invoiceTarget(tx, platformId, invoice);
  if (payment) return paymentTarget(tx, platformId, payment);
  throw DomainError.missingField('invoice', 'State the object that the workflow is to run for: invoice or payment.');
}

async function invoiceTarget(
  tx: Transaction,
  platformId: string,
  { invoice_id: id, manual }: NonNullable<ManualTriggerRequest['invoice']>,
): Promise<Target> {
  if (!id) throw DomainError.missingField('invoice.invoice_id');
  const row = await findInvoice(tx, platformId, id);
  if (!row) throw DomainError.unknownReference('INVOICE', id, 'invoice.invoice_id');
  return {
    type: 'INVOICE',
    block: 'invoice',
    resource: invoiceState(row),
    invoiceId: id,
    paymentId: null,
    manual: manual ?? {},
  };
}

async function paymentTarget(
  tx: Transaction,
  platformId: string,
  { payment_id: id, manual }: NonNullable<ManualTriggerRequest['payment']>,
): Promise<Target> {
  if (!id) throw DomainError.missingField('payment.payment_id');
  const row = await findPayment(tx, platformId, id);
  if (!row) throw DomainError.unknownReference('PAYMENT', id, 'payment.payment_id');
  return {
    type: 'PAYMENT',
    block: 'payment',
    resource: paymentState(row),
    invoiceId: row.invoiceId,
    paymentId: id,
    manual: manual ?? {},
  };
}

async function chooseWorkflow(
  tx: Transaction,
  platformId: string,
  workflowId: string | null,
  target: Target,
): Promise<ActiveWorkflow> {
  const candidates = (await activeWorkflows(tx, platformId, ['INVOICE', 'PAYMENT'])).filter(
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

function onlyMatch(candidates: ActiveWorkflow[], target: Target): ActiveWorkflow {
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
  { block, manual }: Target,
): { variant: string; overdue?: { period: Period } } {
  const { variant, cadence } = workflow.rule;
  if (manual.variant && manual.variant !== variant) {
    throw DomainError.invalidField(`${block}.manual.variant`, `The workflow's variant is ${variant}.`);
  }
  if (variant !== 'OVERDUE') return { variant };
  const period = manual.overdue?.period ?? cadence?.periods(workflow.config)[0];
  return period ? { variant, overdue: { period } } : { variant };
}
