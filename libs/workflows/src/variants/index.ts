import { failedPayment } from './failed-payment/index.js';
import { invoiceOverdue } from './invoice-overdue/index.js';
import { invoiceToFinal } from './invoice-to-final/index.js';
import { upcomingPayment } from './invoice-upcoming-payment/index.js';
import { freeTrial } from './subscription-free-trial/index.js';
import { walletBalance } from './wallet-balance/index.js';
import { type WorkflowVariant } from './workflow-variant.js';

/** Every way in which a workflow starts that this version runs. */
export const VARIANTS: readonly WorkflowVariant[] = [
  invoiceToFinal,
  invoiceOverdue,
  upcomingPayment,
  failedPayment,
  freeTrial,
  walletBalance,
];

/** The variant with this name; undefined when this version cannot run it. */
export function findVariant(type: string, variant: string | null | undefined): WorkflowVariant | undefined {
  return VARIANTS.find((known) => known.type === type && known.variant === variant);
}
