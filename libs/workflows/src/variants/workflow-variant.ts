import { type InvoiceState, type PaymentState, type TrialState, type WalletState } from '#billing/billing-state';
import { type MailFacts } from '#billing/mail-facts';
import { type Formatter } from '#kernel/format';
import { type Period } from '#kernel/period';

export type WorkflowType = 'INVOICE' | 'PAYMENT' | 'PRICING_PLAN_SUBSCRIPTION' | 'WALLET';

/** A billing resource as it was and as it is now; `at` is the instant of the change in database time. */
export type BillingChange =
  | { type: 'INVOICE'; before: InvoiceState | null; after: InvoiceState; at: Date }
  | { type: 'PAYMENT'; before: PaymentState | null; after: PaymentState; at: Date }
  | { type: 'PRICING_PLAN_SUBSCRIPTION'; before: TrialState | null; after: TrialState; at: Date }
  | { type: 'WALLET'; before: WalletState | null; after: WalletState; at: Date };

/** Resources that calendars follow. A trial is a schedule of a subscription. */
export type TimedState = InvoiceState | TrialState;
export type TimedType = 'INVOICE' | 'PRICING_PLAN_SUBSCRIPTION';
export type TimedChange = Extract<BillingChange, { type: TimedType }>;

/** Why a mail is not sent after all. The reason is the execution's code, the message is for people. */
export interface Refusal {
  reason: string;
  message: string;
}

/** When a time-driven workflow does what. */
export interface CadenceRule<Resource> {
  side: 'BEFORE_ANCHOR' | 'AFTER_ANCHOR';
  /** The steps that the workflow's configuration block asks for. */
  periods(config: unknown): Period[];
  /** The instant that the steps are counted from; null when there is none. */
  anchor(resource: Resource): Date | null;
  /** Whether the resource is one to remind of, as it is now. */
  qualifies(resource: Resource): boolean;
  /** Steps before this instant never fall due; null or absent when there is no such instant. */
  notBefore?(resource: Resource): Date | null;
  /** What was sent may be sent again for another anchor, once that falls due (e.31). */
  readonly repeatsWhenMoved?: boolean;
  /** The anchor as the facts of a mail tell it; null when there is none any more. */
  anchorIn(facts: MailFacts): Date | null;
}

/**
 * One way in which a workflow starts. Add one by adding a folder here and a line in `variants/index.ts`: it states what
 * starts it or its anchor and steps, its guard, and what its template may use.
 */
export interface WorkflowVariant {
  readonly type: WorkflowType;
  readonly variant: string;
  /** A mail that is later than this after its due instant dies with TOO_LATE, in milliseconds. */
  readonly maxLateMs: number;
  /**
   * Event-driven: the instant at which the change starts the workflow; null when it does not.
   * @param config the workflow's block.
   */
  readonly startsOn?: (change: BillingChange, config: unknown) => Date | null;
  /** Time-driven. */
  readonly cadence?: CadenceRule<TimedState>;
  /** Why a mail must not go out as things are; null when it may. Manual triggers skip it (e.83). */
  readonly guard: (facts: MailFacts, run: MailRun) => Refusal | null;
  /** Whether a manual trigger makes sense for the resource; null when it does (e.39). */
  readonly manualProblem: (resource: TimedState | PaymentState | WalletState) => string | null;
  /** Facts of its own that the template may use, beside those that every mail has. */
  readonly variables: (facts: MailFacts, format: Formatter, now: Date, config: unknown) => VariantVariables;
}

/** Under what a mail is decided on. */
export interface MailRun {
  /** The block of the workflow, as it is now. */
  config: unknown;
  /** The instant of the preparation in database time. */
  now: Date;
}

export type VariantVariables = Record<string, string | number | boolean | null>;
