import { invoiceVariables } from '../invoice-variables.js';
import { type WorkflowVariant } from '../workflow-variant.js';

/**
 * INVOICE / TO_FINAL: once, when the invoice becomes FINAL. Credit notes and zero totals included, self-billing ones not
 * (e.27). An invoice that is FINAL when it is first written became final when it says so, else now (e.34).
 */
export const invoiceToFinal: WorkflowVariant = {
  type: 'INVOICE',
  variant: 'TO_FINAL',
  maxLateMs: 30 * 24 * 3_600_000,
  startsOn(change) {
    if (change.type !== 'INVOICE') return null;
    const { before, after, at } = change;
    const becomesFinal = after.status === 'FINAL' && before?.status !== 'FINAL';
    if (!becomesFinal || after.selfBilling) return null;
    return after.finalAt && after.finalAt < at ? after.finalAt : at;
  },
  guard: ({ invoice }) =>
    invoice?.status === 'FINAL'
      ? null
      : { reason: 'INVOICE_NOT_FINAL', message: `The invoice is ${invoice?.status ?? 'gone'}, no longer FINAL.` },
  manualProblem: (resource) =>
    'status' in resource && resource.status === 'FINAL'
      ? null
      : 'Only a FINAL invoice can be mailed; finalise it first.',
  variables: invoiceVariables,
};
