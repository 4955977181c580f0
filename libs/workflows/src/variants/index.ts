import { failedPayment } from './failed-payment/index.js';
import { invoiceOverdue } from './invoice-overdue/index.js';
import { invoiceToFinal } from './invoice-to-final/index.js';
import { type WorkflowVariant } from './workflow-variant.js';

/** Every way in which a workflow starts that this version runs. */
export const VARIANTS: readonly WorkflowVariant[] = [invoiceToFinal, invoiceOverdue, failedPayment];

/** The variant with this name; undefined when this version cannot run it. */
export function findVariant(type: string, variant: string | null | undefined): WorkflowVariant | undefined {
  return VARIANTS.find((known) => known.type === type && known.variant === variant);
}
