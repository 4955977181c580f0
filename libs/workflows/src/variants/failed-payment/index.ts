import { decimal } from '#kernel/amount';
import { MAX_LATE_MS } from '../../domain/next-step.js';
import { invoiceVariables } from '../invoice-variables.js';
import { paymentVariables } from '../payment-variables.js';
import { type WorkflowVariant } from '../workflow-variant.js';

const FAILED = ['REFUSED', 'ERROR'];
/** The customer stands at the screen and sees the failure there. */
const AT_THE_SCREEN = ['CREATE_PAYMENT_METHOD', 'INIT_PRICING_PLAN_SUBSCRIPTION'];

/** PAYMENT / FAILED_PAYMENT: once per payment that was refused or failed, unless its invoice was paid since (e.30). */
export const failedPayment: WorkflowVariant = {
  type: 'PAYMENT',
  variant: 'FAILED_PAYMENT',
  maxLateMs: MAX_LATE_MS,
  startsOn(change) {
    if (change.type !== 'PAYMENT') return null;
    const { before, after, at } = change;
    const fails = FAILED.includes(after.result) && !FAILED.includes(before?.result ?? '');
    return fails && !AT_THE_SCREEN.includes(after.contextType ?? '') ? at : null;
  },
  guard({ invoice, payment }) {
    if (!payment) return { reason: 'PAYMENT_GONE', message: 'The payment does not exist any more.' };
    if (!FAILED.includes(payment.result)) {
      return { reason: 'PAYMENT_NOT_FAILED', message: `The payment is ${payment.result} now.` };
    }
    if (invoice?.openAmount != null && decimal(invoice.openAmount).lessThanOrEqualTo(0)) {
      return { reason: 'INVOICE_PAID', message: 'The invoice has been paid since.' };
    }
    return null;
  },
  manualProblem: () => null,
  variables: (facts, format, now) => ({
    ...invoiceVariables(facts, format, now),
    ...paymentVariables(facts, format, now),
  }),
};
