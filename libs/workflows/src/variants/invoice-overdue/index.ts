import { type InvoiceState } from '#billing/billing-state';
import { type Period } from '#kernel/period';
import { MAX_LATE_MS } from '../../domain/next-step.js';
import { COLLECTED_TYPES, notCollected, nothingOpen } from '../collected-invoices.js';
import { invoiceVariables } from '../invoice-variables.js';
import { type CadenceRule, type WorkflowVariant } from '../workflow-variant.js';

const cadence: CadenceRule<InvoiceState> = {
  side: 'AFTER_ANCHOR',
  periods: (config) => (config as { overdue?: { periods?: Period[] } } | null)?.overdue?.periods ?? [],
  anchor: ({ dueDate }) => dueDate,
  qualifies: ({ status, type, open, dueDate }) =>
    status === 'FINAL' && COLLECTED_TYPES.includes(type) && open && dueDate !== null,
  anchorIn: ({ invoice }) => invoice?.dueDate ?? null,
};

/** INVOICE / OVERDUE: a step per period after the due date, while the invoice is FINAL and something is open (e.28). */
export const invoiceOverdue: WorkflowVariant = {
  type: 'INVOICE',
  variant: 'OVERDUE',
  maxLateMs: MAX_LATE_MS,
  cadence,
  guard({ invoice }) {
    const refusal = notCollected(invoice);
    if (refusal || !invoice) return refusal;
    if (invoice.status !== 'FINAL') {
      return { reason: 'INVOICE_NOT_FINAL', message: `The invoice is ${invoice.status}, not FINAL.` };
    }
    return nothingOpen(invoice);
  },
  manualProblem: (resource) =>
    'status' in resource && resource.status === 'FINAL'
      ? null
      : 'Only a FINAL invoice can be reminded of; finalise it first.',
  variables: invoiceVariables,
};
