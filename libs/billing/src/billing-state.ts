import { type WalletUnit } from './wallets/wallet-unit.js';

/** The columns of an invoice that workflows match on. */
export interface InvoiceState {
  platformId: string;
  id: string;
  customerId: string | null;
  status: string;
  type: string;
  /** Whether something is left to pay: open amount above zero. */
  open: boolean;
  dueDate: Date | null;
  invoiceDate: Date | null;
  /** Before FINAL: whether it will be charged without its customer's doing (e.29). */
  chargedAutomatically: boolean;
  timezone: string | null;
  /** When it became FINAL; null before. */
  finalAt: Date | null;
  selfBilling: boolean;
  createdAt: Date;
}

/** The columns of a payment that workflows match on. */
export interface PaymentState {
  platformId: string;
  id: string;
  customerId: string | null;
  invoiceId: string | null;
  result: string;
  contextType: string | null;
}

/** What a wallet holds at an instant, and whose it is. */
export interface WalletState {
  platformId: string;
  id: string;
  reference: string | null;
  customerId: string | null;
  customerReference: string | null;
  walletTypeId: string | null;
  status: string;
  /** Null while its type is an incomplete draft. */
  unit: WalletUnit | null;
  /** Decimal strings in the unit: what is left, and the sum of the grants that are valid, used or not. */
  balance: string;
  granted: string;
  /** Of the wallet after the change; a change that time made raises it too. */
  revision: bigint;
}

/** What workflows match on of a schedule of a subscription: a trial when it is one. */
export interface TrialState {
  platformId: string;
  /** The schedule's. */
  id: string;
  subscriptionId: string;
  customerId: string | null;
  /** Subscriptions state none. */
  timezone: string | null;
  /** Status and type of the subscription. */
  status: string;
  subscriptionType: string;
  /** TRIAL or DEFAULT. */
  scheduleType: string;
  startAt: Date | null;
  endAt: Date | null;
  /** From when on the subscription is cancelled. */
  cancelledFrom: Date | null;
  createdAt: Date;
}
