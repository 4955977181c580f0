import { type InvoiceState } from '#billing/billing-state';
import { CLOSED_STATUSES } from '#billing/invoices/invoice-document';
import { decimal } from '#kernel/amount';
import { type Period } from '#kernel/period';
import { MAX_LATE_MS } from '../../domain/next-step.js';
import { invoiceVariables } from '../invoice-variables.js';
import { type WorkflowVariant } from '../workflow-variant.js';

const COLLECTED_TYPES = ['STANDARD', 'ONE_OFF'];

/** INVOICE / OVERDUE: a step per period after the due date, while the invoice is FINAL and something is open (e.28). */
export const invoiceOverdue: WorkflowVariant = {
  type: 'INVOICE',
  variant: 'OVERDUE',
  maxLateMs: MAX_LATE_MS,
  cadence: {
    side: 'AFTER_ANCHOR',
    periods: (config) => (config as { overdue?: { periods?: Period[] } } | null)?.overdue?.periods ?? [],
    anchor: ({ dueDate }) => dueDate,
    qualifies: ({ status, type, open, dueDate }: InvoiceState) =>
      status === 'FINAL' && COLLECTED_TYPES.includes(type) && open && dueDate !== null,
  },
  guard({ invoice }) {
    if (!invoice) return { reason: 'INVOICE_GONE', message: 'The invoice does not exist any more.' };
    if (CLOSED_STATUSES.includes(invoice.status)) {
      return {
        reason: `INVOICE_${invoice.status}`,
        message: `The invoice is ${invoice.status}: nothing is collected.`,
      };
    }
    if (invoice.status !== 'FINAL') {
      return { reason: 'INVOICE_NOT_FINAL', message: `The invoice is ${invoice.status}, not FINAL.` };
    }
    if (!COLLECTED_TYPES.includes(invoice.type)) {
      return { reason: 'NOTHING_TO_COLLECT', message: `A ${invoice.type} invoice is not collected.` };
    }
    if (invoice.openAmount === null || decimal(invoice.openAmount).lessThanOrEqualTo(0)) {
      return { reason: 'INVOICE_PAID', message: 'Nothing is open on the invoice any more.' };
    }
    return null;
  },
  manualProblem: (resource) =>
    'status' in resource && resource.status === 'FINAL'
      ? null
      : 'Only a FINAL invoice can be reminded of; finalise it first.',
  variables: invoiceVariables,
};
