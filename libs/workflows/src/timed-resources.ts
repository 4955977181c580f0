import { type InvoiceState, type TrialState } from '#billing/billing-state';
import {
  findInvoice,
  invoiceState,
  type InvoiceRow,
  lockInvoice,
  lockInvoiceIfFree,
  openInvoiceIds,
} from '#billing/invoices/invoice.repository';
import { isChargedAutomatically } from '#billing/invoices/automatic-charge';
import { findTrial, lockTrial, lockTrialIfFree, trialIds } from '#billing/subscriptions/trial';
import { type Transaction } from '#database/database';
import { toWireTime } from '#kernel/local-time';
import { type TimedState, type TimedType } from './variants/workflow-variant.js';

/** How the engine reaches the resources of one type that calendars follow. */
export interface TimedResource<State extends TimedState = TimedState> {
  /** Locks whatever changes of the resource lock; null when it is gone. */
  lock(tx: Transaction, platformId: string, id: string): Promise<State | null>;
  /** As `lock`; null also when another holds it. */
  lockIfFree(tx: Transaction, platformId: string, id: string): Promise<State | null>;
  find(tx: Transaction, platformId: string, id: string): Promise<State | null>;
  /** A page of those that a calendar may follow, by id after `cursor`. Locks nothing. */
  openIds(tx: Transaction, platformId: string, cursor: string, limit: number): Promise<string[]>;
  /** What the trigger and its executions name. */
  target(state: State): TriggerTarget;
  /** The block of a trigger without its event, as on the wire (b.4). */
  payload(state: State): object;
}

export interface TriggerTarget {
  resourceType: TimedType;
  resourceId: string;
  customerId: string | null;
  invoiceId: string | null;
  paymentId: null;
  subscriptionId: string | null;
  scheduleId: string | null;
}

const invoices: TimedResource<InvoiceState> = {
  lock: async (tx, platformId, id) => stateOf(tx, await lockInvoice(tx, platformId, id)),
  lockIfFree: async (tx, platformId, id) => stateOf(tx, await lockInvoiceIfFree(tx, platformId, id)),
  find: async (tx, platformId, id) => stateOf(tx, await findInvoice(tx, platformId, id)),
  openIds: openInvoiceIds,
  target: ({ id, customerId }) => ({
    resourceType: 'INVOICE',
    resourceId: id,
    customerId,
    invoiceId: id,
    paymentId: null,
    subscriptionId: null,
    scheduleId: null,
  }),
  payload: ({ id }) => ({ invoice_id: id }),
};

/** A trial is a schedule; its subscription is what is locked. */
const trials: TimedResource<TrialState> = {
  lock: lockTrial,
  lockIfFree: lockTrialIfFree,
  find: findTrial,
  openIds: trialIds,
  target: ({ id, customerId, subscriptionId }) => ({
    resourceType: 'PRICING_PLAN_SUBSCRIPTION',
    resourceId: id,
    customerId,
    invoiceId: null,
    paymentId: null,
    subscriptionId,
    scheduleId: id,
  }),
  payload: ({ id, subscriptionId, endAt }) => ({
    pricing_plan_subscription_id: subscriptionId,
    pricing_plan_schedule_id: id,
    ...(endAt ? { trial_end_at: toWireTime(endAt) } : {}),
  }),
};

const TIMED: Record<TimedType, TimedResource> = { INVOICE: invoices, PRICING_PLAN_SUBSCRIPTION: trials };

export function timedResource(type: TimedType): TimedResource {
  return TIMED[type];
}

/** The type of the resources that a workflow's calendar follows; null for one without calendar. */
export function timedType(type: string): TimedType | null {
  return type in TIMED ? (type as TimedType) : null;
}

/** The invoice as workflows match on it, with how it is charged. */
export async function readInvoiceState(tx: Transaction, row: InvoiceRow): Promise<InvoiceState> {
  return { ...invoiceState(row), chargedAutomatically: await isChargedAutomatically(tx, row) };
}

async function stateOf(tx: Transaction, row: InvoiceRow | null): Promise<InvoiceState | null> {
  return row && readInvoiceState(tx, row);
}
