import { Prisma, type Transaction } from '#database/database';
import { type Period } from '#kernel/period';
import { type CadenceWorkflow } from '../domain/cadence.js';
import { findVariant } from '../variants/index.js';
import { type WorkflowVariant } from '../variants/workflow-variant.js';

/** An ACTIVE workflow that this version can run, with the actions that a trigger of it executes. */
export interface ActiveWorkflow extends CadenceWorkflow {
  platformId: string;
  id: string;
  rule: WorkflowVariant;
  scoped: boolean;
  customerIds: string[];
  activatedAt: Date;
  /** What was open before its activation, or before its last change, is still being enrolled. */
  enrolling: boolean;
  /** ACTIVE ones, oldest first (e.21). */
  actions: PlannedAction[];
}

export interface PlannedAction {
  id: string;
  version: number;
  type: string;
  /** The integration's `delivery_window`: a mail later than this is not sent (e.37). */
  deliveryWindow: Period | null;
}

interface WorkflowRow {
  id: string;
  type: string;
  variant: string | null;
  config: unknown;
  scoped: boolean;
  customerIds: string[];
  activatedAt: Date | null;
  enrolling: boolean;
  stepsSince: Record<string, string>;
  scopeSince: Record<string, string>;
  actions: PlannedAction[];
}

const SELECT_ACTIVE = Prisma.sql`
  SELECT w.id, w.type, w.variant, w.config, w.scoped, w.customer_ids AS "customerIds", w.activated_at AS "activatedAt",
         w.enrol_cursor IS NOT NULL AS enrolling, w.steps_since AS "stepsSince", w.scope_since AS "scopeSince",
         coalesce((
           SELECT jsonb_agg(jsonb_build_object('id', a.id, 'version', a.version, 'type', a.type, 'deliveryWindow',
                    i.document -> 'email_provider' -> 'delivery_window') ORDER BY a.created_at, a.id)
             FROM workflow_action a
             LEFT JOIN integration i ON i.platform_id = a.platform_id AND i.id = a.config ->> 'integration_id'
            WHERE a.platform_id = w.platform_id AND a.workflow_id = w.id AND a.status = 'ACTIVE' AND a.deleted_at IS NULL
         ), '[]') AS actions
    FROM workflow w`;

/** The ACTIVE workflows of these types on the platform, oldest first. */
export async function activeWorkflows(tx: Transaction, platformId: string, types: string[]): Promise<ActiveWorkflow[]> {
  const rows = await tx.$queryRaw<WorkflowRow[]>`${SELECT_ACTIVE}
    WHERE w.platform_id = ${platformId} AND w.status = 'ACTIVE' AND w.type = ANY(${types}) ORDER BY w.created_at, w.id`;
  return rows.flatMap((row) => toActive(platformId, row));
}

/** The workflow when it is ACTIVE and served; null otherwise. */
export async function activeWorkflow(tx: Transaction, platformId: string, id: string): Promise<ActiveWorkflow | null> {
  const rows = await tx.$queryRaw<WorkflowRow[]>`${SELECT_ACTIVE}
    WHERE w.platform_id = ${platformId} AND w.status = 'ACTIVE' AND w.id = ${id}`;
  return rows.flatMap((row) => toActive(platformId, row))[0] ?? null;
}

function toActive(platformId: string, row: WorkflowRow): ActiveWorkflow[] {
  const rule = findVariant(row.type, row.variant);
  if (!rule || !row.activatedAt) return [];
  return [{ ...row, platformId, rule, activatedAt: row.activatedAt }];
}

/** Whether the workflow is for this customer: everyone when it names none (e.20). */
export function inScope(workflow: Pick<ActiveWorkflow, 'scoped' | 'customerIds'>, customerId: string | null): boolean {
  return !workflow.scoped || (customerId !== null && workflow.customerIds.includes(customerId));
}
