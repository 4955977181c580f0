import { DomainError } from '#kernel/errors';
import { type Period } from '#kernel/period';
import { type ManualTriggerRequest } from '#workflows/record-manual-trigger';
import { BLOCK, WORKFLOW_TYPES } from '#workflows/domain/workflow-blocks';
import { type WorkflowTriggerCreateRequest } from './workflow-trigger.wire.js';

const LARGEST_PERIOD = 3650;

/**
 * The run that a client asks for: MANUAL, for exactly one object (e.39, e.40).
 * @throws DomainError naming the field that is wrong.
 */
export function manualTrigger(body: WorkflowTriggerCreateRequest): ManualTriggerRequest {
  if (body.type !== 'MANUAL') {
    throw DomainError.invalidField('type', 'type must be MANUAL: only the system records EVENT triggers.');
  }
  checkTarget(body);
  const { invoice, payment, pricing_plan_subscription: subscription, wallet } = body;
  return {
    workflowId: body.workflow_id ?? null,
    customerId: body.customer_id ?? null,
    invoice: invoice && { invoice_id: invoice.invoice_id, manual: invoiceManual(invoice) },
    payment: payment && { payment_id: payment.payment_id, manual: { variant: payment.manual?.variant } },
    wallet: wallet && { wallet_id: wallet.wallet_id, manual: { variant: wallet.manual?.variant } },
    pricing_plan_subscription: subscription && { ...subscription, manual: { variant: subscription.manual?.variant } },
  };
}

function checkTarget(body: WorkflowTriggerCreateRequest): void {
  const [target, another] = WORKFLOW_TYPES.map((type) => BLOCK[type]).filter((block) => body[block] !== undefined);
  if (target === undefined) {
    throw DomainError.missingField(
      'invoice',
      'State the object that the workflow is to run for: invoice, payment, pricing_plan_subscription or wallet.',
    );
  }
  if (another === undefined) return;
  throw DomainError.invalidField(another, `State exactly one object to run for, not ${target} and ${another}.`);
}

function invoiceManual({ manual }: NonNullable<WorkflowTriggerCreateRequest['invoice']>) {
  const period = manual?.overdue?.period;
  return { variant: manual?.variant, overdue: period && { period: wholePeriod(period) } };
}

function wholePeriod({ type, value }: { type?: Period['type']; value?: number | null }): Period {
  const field = 'invoice.manual.overdue.period';
  if (type === undefined) throw DomainError.missingField(`${field}.type`);
  if (value === undefined) throw DomainError.missingField(`${field}.value`);
  if (value !== null && value >= 0 && value <= LARGEST_PERIOD) return { type, value };
  throw DomainError.invalidField(
    `${field}.value`,
    `${field}.value must be a whole number from 0 to ${LARGEST_PERIOD}.`,
  );
}
