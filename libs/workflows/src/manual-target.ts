import { type PaymentState, type WalletState } from '#billing/billing-state';
import { findPayment, paymentState } from '#billing/payments/payment.repository';
import { findResource } from '#billing/resources/resource-table';
import { schedulesOf } from '#billing/subscriptions/schedule';
import { subscriptionTable } from '#billing/subscriptions/subscription';
import { walletTable } from '#billing/wallets/wallet';
import { readContent, walletStateFor } from '#billing/wallets/wallet.repository';
import { type Transaction } from '#database/database';
import { databaseTime } from '#database/database-time';
import { DomainError } from '#kernel/errors';
import { type Period } from '#kernel/period';
import { type NewTrigger } from './data/plan-trigger.js';
import { walletPayload } from './data/wallet-payload.js';
import { timedResource } from './timed-resources.js';
import { type TimedState, type TimedType, type WorkflowType } from './variants/workflow-variant.js';

/** The object that a client asks to run a workflow for; blocks as on the wire (b.4). */
export interface StatedTarget {
  invoice?: { invoice_id?: string | null; manual?: ManualBlock | null } | null;
  payment?: { payment_id?: string | null; manual?: ManualBlock | null } | null;
  pricing_plan_subscription?: {
    pricing_plan_subscription_id?: string | null;
    pricing_plan_schedule_id?: string | null;
    manual?: ManualBlock | null;
  } | null;
  wallet?: { wallet_id?: string | null; manual?: ManualBlock | null } | null;
}

export interface ManualBlock {
  variant?: string | null;
  overdue?: { period?: Period | null } | null;
}

export interface ManualTarget {
  type: WorkflowType;
  /** The block that named it. */
  block: keyof StatedTarget;
  resource: TimedState | PaymentState | WalletState;
  /** What the trigger and its executions name. */
  names: Pick<
    NewTrigger,
    | 'resourceType'
    | 'resourceId'
    | 'customerId'
    | 'invoiceId'
    | 'paymentId'
    | 'walletId'
    | 'subscriptionId'
    | 'scheduleId'
  >;
  /** Its block as recorded, without what was asked for. */
  payload: object;
  manual: ManualBlock;
}

/** @throws DomainError unless exactly one object is stated, and naming the field for one that does not exist. */
export async function findManualTarget(
  tx: Transaction,
  platformId: string,
  { invoice, payment, pricing_plan_subscription: subscription, wallet }: StatedTarget,
): Promise<ManualTarget> {
  const [stated, another] = [
    invoice && (() => invoiceTarget(tx, platformId, invoice)),
    payment && (() => paymentTarget(tx, platformId, payment)),
    subscription && (() => trialTarget(tx, platformId, subscription)),
    wallet && (() => walletTarget(tx, platformId, wallet)),
  ].filter((find) => find != null);
  if (another) throw DomainError.invalidField('invoice', 'State exactly one object that the workflow is to run for.');
  if (stated) return stated();
  throw DomainError.missingField('invoice', 'State the object that the workflow is to run for.');
}

async function invoiceTarget(
  tx: Transaction,
  platformId: string,
  { invoice_id: id, manual }: NonNullable<StatedTarget['invoice']>,
): Promise<ManualTarget> {
  if (!id) throw DomainError.missingField('invoice.invoice_id');
  const target = await timedTarget(tx, platformId, 'INVOICE', id);
  if (!target) throw DomainError.unknownReference('INVOICE', id, 'invoice.invoice_id');
  return { ...target, block: 'invoice', manual: manual ?? {} };
}

async function paymentTarget(
  tx: Transaction,
  platformId: string,
  { payment_id: id, manual }: NonNullable<StatedTarget['payment']>,
): Promise<ManualTarget> {
  if (!id) throw DomainError.missingField('payment.payment_id');
  const row = await findPayment(tx, platformId, id);
  if (!row) throw DomainError.unknownReference('PAYMENT', id, 'payment.payment_id');
  const { customerId, invoiceId } = row;
  return {
    type: 'PAYMENT',
    block: 'payment',
    resource: paymentState(row),
    names: { resourceType: 'PAYMENT', resourceId: id, customerId, invoiceId, paymentId: id },
    payload: { payment_id: id },
    manual: manual ?? {},
  };
}

/** The schedule that is named, else the subscription's trial: its last one when it has several. */
async function trialTarget(
  tx: Transaction,
  platformId: string,
  stated: NonNullable<StatedTarget['pricing_plan_subscription']>,
): Promise<ManualTarget> {
  const { pricing_plan_subscription_id: id, pricing_plan_schedule_id: scheduleId, manual } = stated;
  const at = (field: string) => `pricing_plan_subscription.${field}`;
  if (!id) throw DomainError.missingField(at('pricing_plan_subscription_id'));
  if (!(await findResource(tx, subscriptionTable, platformId, { id }))) {
    throw DomainError.unknownReference('PRICING_PLAN_SUBSCRIPTION', id, at('pricing_plan_subscription_id'));
  }
  const schedules = await schedulesOf(tx, platformId, [id]);
  const schedule = scheduleId
    ? schedules.find((row) => row.id === scheduleId)
    : schedules.findLast(({ type, endAt }) => type === 'TRIAL' && endAt !== null);
  if (!schedule && scheduleId) {
    throw DomainError.unknownReference('PRICING_PLAN_SCHEDULE', scheduleId, at('pricing_plan_schedule_id'));
  }
  const target = schedule && (await timedTarget(tx, platformId, 'PRICING_PLAN_SUBSCRIPTION', schedule.id));
  if (target) return { ...target, block: 'pricing_plan_subscription', manual: manual ?? {} };
  throw DomainError.invalidOperation('The subscription has no trial: give it a schedule of type TRIAL with end_at.', {
    field: at('pricing_plan_subscription_id'),
  });
}

/** The contract gives wallets no `manual` block; ours says, as those of the others, what was asked for. */
async function walletTarget(
  tx: Transaction,
  platformId: string,
  { wallet_id: id, manual }: NonNullable<StatedTarget['wallet']>,
): Promise<ManualTarget> {
  if (!id) throw DomainError.missingField('wallet.wallet_id');
  const row = await findResource(tx, walletTable, platformId, { id });
  if (!row) throw DomainError.unknownReference('WALLET', id, 'wallet.wallet_id');
  const [state, content] = [await walletStateFor(tx, row), await readContent(tx, row)];
  const resource = state(content, await databaseTime(tx), row.revision);
  const { customerId } = resource;
  return {
    type: 'WALLET',
    block: 'wallet',
    resource,
    names: { resourceType: 'WALLET', resourceId: id, customerId, invoiceId: null, paymentId: null, walletId: id },
    payload: walletPayload(resource),
    manual: manual ?? {},
  };
}

async function timedTarget(tx: Transaction, platformId: string, type: TimedType, id: string) {
  const timed = timedResource(type);
  const resource = await timed.find(tx, platformId, id);
  return resource && { type, resource, names: timed.target(resource), payload: timed.payload(resource) };
}
