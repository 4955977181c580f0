import { type MailFacts } from '#billing/mail-facts';
import { Failure } from '#kernel/failures';
import { type ClaimedExecution } from '#ledger/data/claim';
import { type Outcome } from '#ledger/domain/execution-state';
import { inScope } from '#workflows/data/active-workflows';
import { type ExecutionDefinition } from '#workflows/data/execution-definition';
import { ANCHOR_MOVED } from '#workflows/data/planned-executions';
import { type WorkflowVariant } from '#workflows/variants/workflow-variant';

/** The step was counted from an anchor that has moved since: it is not sent, and falls due again by the new one. */
export class AnchorMoved extends Failure {
  override readonly name = 'AnchorMoved';

  constructor() {
    super(ANCHOR_MOVED.reason, ANCHOR_MOVED.message);
  }
}

const MAILED_STATUSES = ['ACTIVE', 'DEPRECATED'];

/**
 * The guard, asked in PREPARE of fresh facts; the gate makes sure that they have not changed when the mail leaves (rule 6).
 * Manual triggers skip timing and paid-state conditions, never these of workflow, customer and integration (e.83).
 *
 * @returns null when the mail may be sent, else how the execution ends.
 * @throws {AnchorMoved}
 */
export function whyNotSent(
  execution: ClaimedExecution,
  definition: ExecutionDefinition | null,
  facts: MailFacts,
  variant: WorkflowVariant,
): Outcome | null {
  return (
    tooLate(execution) ??
    stopped(definition) ??
    wrongCustomer(definition, facts) ??
    (execution.triggerType === 'MANUAL' ? null : overtaken(execution, definition, facts, variant)) ??
    unusableIntegration(facts)
  );
}

function tooLate({ tooLate, notAfter }: ClaimedExecution): Outcome | null {
  return tooLate
    ? skipped(
        'TOO_LATE',
        `The mail was to be sent before ${notAfter.toISOString()}; later it would only confuse the customer.`,
      )
    : null;
}

function stopped(definition: ExecutionDefinition | null): Outcome | null {
  if (definition?.workflow.status !== 'ACTIVE') {
    return skipped('WORKFLOW_INACTIVE', `The workflow is ${definition?.workflow.status ?? 'gone'} now.`);
  }
  const { action } = definition;
  if (action.deleted || action.status !== 'ACTIVE') {
    return skipped('ACTION_INACTIVE', `The action is ${action.deleted ? 'deleted' : action.status} now.`);
  }
  return null;
}

function wrongCustomer(definition: ExecutionDefinition | null, { customer }: MailFacts): Outcome | null {
  if (!customer) {
    const message = 'There is no customer to write to. Give the invoice or payment a customer, then retry.';
    return { state: 'FAILED', reason: 'CUSTOMER_MISSING', message };
  }
  if (!MAILED_STATUSES.includes(customer.status)) {
    return skipped(
      'CUSTOMER_NOT_ACTIVE',
      `The customer is ${customer.status}; only ACTIVE and DEPRECATED ones get mail.`,
    );
  }
  if (customer.document.processing_only || customer.document.roles?.includes('PROCESSING_ONLY')) {
    return skipped('CUSTOMER_PROCESSING_ONLY', 'The customer exists for processing only and gets no mail.');
  }
  if (definition && !inScope(definition.workflow, customer.id)) {
    return skipped('CUSTOMER_OUT_OF_SCOPE', 'The workflow is not for this customer any more (customer_ids).');
  }
  return null;
}

function overtaken(
  { anchorAt, claimedAt }: ClaimedExecution,
  definition: ExecutionDefinition | null,
  facts: MailFacts,
  variant: WorkflowVariant,
): Outcome | null {
  const refusal = variant.guard(facts, { config: definition?.workflow.config, now: claimedAt });
  if (refusal) return skipped(refusal.reason, refusal.message);
  const { cadence } = variant;
  if (cadence && anchorAt && anchorAt.getTime() !== cadence.anchorIn(facts)?.getTime()) throw new AnchorMoved();
  return null;
}

function unusableIntegration({ integration }: MailFacts): Outcome | null {
  if (!integration) {
    const message = "The action's integration does not exist any more. Set integration_id to another one and retry.";
    return { state: 'FAILED', reason: 'INTEGRATION_MISSING', message };
  }
  if (integration.status !== 'ACTIVE' || integration.type !== 'EMAIL_PROVIDER') {
    const message = `The integration is ${integration.status}; only an ACTIVE email provider sends. Activate it and retry.`;
    return { state: 'FAILED', reason: 'INTEGRATION_NOT_ACTIVE', message };
  }
  return null;
}

function skipped(reason: string, message: string): Outcome {
  return { state: 'SKIPPED', reason, message };
}
