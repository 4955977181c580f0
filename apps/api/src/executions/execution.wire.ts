import { z } from 'zod';
import { ACTION_TYPES } from '#actions/types';
import { toWireTime } from '#kernel/local-time';
import { type ExecutionWithAction } from '#workflows/data/workflow-action-execution.repository';
import { pageOf } from '../http/pages.js';
import { timelineOf, TIMELINE_STATES } from './timeline.js';

export const EXECUTION_STATUSES = [
  'PENDING',
  'IN_PROGRESS',
  'SUCCEEDED',
  'FAILED',
  'SKIPPED',
  'CANCELLED',
  'UNKNOWN',
] as const;
export type ExecutionStatus = (typeof EXECUTION_STATUSES)[number];

/** What a caller need not tell apart: all of it is being worked on. */
const IN_PROGRESS: readonly string[] = ['CLAIMED', 'PREPARED', 'COMMITTING'];

/** The states that are stored for a status on the wire. */
export function storedStates(status: string): readonly string[] {
  return status === 'IN_PROGRESS' ? IN_PROGRESS : [status];
}

const address = z.string();
const time = z.string();

const timelineEntry = z.object({
  state: z.enum(TIMELINE_STATES),
  at: z.string().describe('ISO 8601 with milliseconds.'),
  elapsed_ms: z.int().describe('Milliseconds since RECORDED.'),
});

const snapshot = z
  .looseObject({ version: z.int(), type: z.enum(ACTION_TYPES.map(({ name }) => name)) })
  .describe('The action as it was when the execution was planned, or last retried.');

export const executionResponse = z
  .object({
    object_type: z.literal('WORKFLOW_ACTION_EXECUTION'),
    id: z.string(),
    workflow_id: z.string(),
    workflow_action_id: z.string(),
    workflow_trigger_id: z.string(),
    customer_id: z.string().optional(),
    invoice_id: z.string().optional(),
    payment_id: z.string().optional(),
    pricing_plan_subscription_id: z.string().optional(),
    pricing_plan_schedule_id: z.string().optional(),
    wallet_id: z.string().optional(),
    type: z.string(),
    status: z.enum(EXECUTION_STATUSES).describe('UNKNOWN: it may have been sent; nobody repeats it by himself.'),
    reason: z.string().optional().describe('Why it is so, for programs: INVOICE_PAID, RECIPIENT_MISSING, …'),
    reason_message: z.string().optional().describe('Why it is so and what to do about it, for people.'),
    error_message: z.string().optional().describe('The same sentence, when the status is FAILED or UNKNOWN.'),
    due_at: time,
    next_attempt_at: time.optional(),
    not_after: time.describe('A mail that is later than this is not sent.'),
    attempt_count: z.int(),
    recipients: z
      .object({
        to: z.array(address),
        cc: z.array(address),
        bcc: z.array(address),
        refused: z.array(z.object({ address, response: z.string() })).describe('Refused by the receiving server.'),
        left_out: z
          .array(z.object({ address, why: z.string() }))
          .optional()
          .describe('Unusable addresses.'),
      })
      .optional()
      .describe('Who the mail went to; absent before it was prepared.'),
    subject: z.string().optional(),
    template: z.string().optional(),
    locale: z.string().optional(),
    provider: z.string().optional(),
    provider_message_id: z.string().optional(),
    message_id: z.string().optional(),
    payment_link: z.string().optional().describe('NOTHING_TO_PAY when one was asked for and nothing was open.'),
    attachment_sha256: z.string().optional(),
    action: snapshot,
    timeline: z.array(timelineEntry).describe('The instants that are known, in order.'),
    created_at: time,
    started_at: time.optional(),
    finished_at: time.optional(),
  })
  .meta({ id: 'WorkflowActionExecution' });

export const executionPage = pageOf(executionResponse, 'WorkflowActionExecutionPaginatedResponse');

export function toWire(row: ExecutionWithAction) {
  const status = statusOf(row.state);
  const reasonMessage = row.reasonMessage ?? undefined;
  return {
    object_type: 'WORKFLOW_ACTION_EXECUTION',
    id: row.id,
    workflow_id: row.workflowId,
    workflow_action_id: row.actionId,
    workflow_trigger_id: row.triggerId,
    ...stated({
      customer_id: row.customerId,
      invoice_id: row.invoiceId,
      payment_id: row.paymentId,
      pricing_plan_subscription_id: row.subscriptionId,
      pricing_plan_schedule_id: row.scheduleId,
      wallet_id: row.walletId,
    }),
    type: row.actionType,
    status,
    ...stated({ reason: row.reason, reason_message: row.reasonMessage }),
    error_message: status === 'FAILED' || status === 'UNKNOWN' ? reasonMessage : undefined,
    due_at: toWireTime(row.dueAt),
    next_attempt_at: row.nextAttemptAt ? toWireTime(row.nextAttemptAt) : undefined,
    not_after: toWireTime(row.notAfter),
    attempt_count: row.attemptCount,
    recipients: recipientsOf(row),
    ...preparedMail(row),
    action: snapshotOf(row),
    timeline: timelineOf(row),
    created_at: toWireTime(row.createdAt),
    started_at: row.claimedAt ? toWireTime(row.claimedAt) : undefined,
    finished_at: row.finishedAt ? toWireTime(row.finishedAt) : undefined,
  };
}

function statusOf(state: string): ExecutionStatus {
  return IN_PROGRESS.includes(state) ? 'IN_PROGRESS' : (state as ExecutionStatus);
}

function recipientsOf({ recipients }: ExecutionWithAction): object | undefined {
  return recipients === null ? undefined : { to: [], cc: [], bcc: [], refused: [], ...(recipients as object) };
}

function preparedMail(row: ExecutionWithAction) {
  return stated({
    subject: row.subject,
    template: row.template,
    locale: row.locale,
    provider: row.provider,
    provider_message_id: row.providerMessageId,
    message_id: row.messageId,
    payment_link: row.paymentLink,
    attachment_sha256: row.pdfSha256,
  });
}

function snapshotOf({ actionVersion, actionType, config }: ExecutionWithAction): object {
  const block = ACTION_TYPES.find(({ name }) => name === actionType)?.block;
  return { version: actionVersion, type: actionType, ...(block && config !== null ? { [block]: config } : {}) };
}

/** What is set: the contract omits what is not. */
function stated<Fields extends Record<string, string | null>>(fields: Fields): Partial<Record<keyof Fields, string>> {
  const set = Object.entries(fields).filter(([, value]) => value !== null);
  return Object.fromEntries(set) as Partial<Record<keyof Fields, string>>;
}
