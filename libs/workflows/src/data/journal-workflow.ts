import { type Transaction, type Workflow, type WorkflowAction } from '#database/database';
import { type Change, type Snapshot } from '#journal/change';
import { recordChange } from '#journal/record-change';
import { toWireTime } from '#kernel/local-time';
import { definitionOf } from './workflow.repository.js';

/** Tells the journal that a workflow was written; `before` is null for a new one. */
export async function journalWorkflow(tx: Transaction, before: Workflow | null, after: Workflow): Promise<void> {
  await recordChange(tx, {
    platformId: after.platformId,
    resourceType: 'WORKFLOW',
    resourceId: after.id,
    verb: before ? 'UPDATED' : 'CREATED',
    before: before && workflowSnapshot(before),
    after: workflowSnapshot(after),
  });
}

/** Tells the journal what was done to an action; `before` is null for a new one. */
export async function journalAction(
  tx: Transaction,
  verb: Change['verb'],
  before: WorkflowAction | null,
  after: WorkflowAction,
): Promise<void> {
  await recordChange(tx, {
    platformId: after.platformId,
    resourceType: 'WORKFLOW_ACTION',
    resourceId: after.id,
    verb,
    before: before && actionSnapshot(before),
    after: actionSnapshot(after),
  });
}

/** As in the answers of the API. */
function workflowSnapshot(row: Workflow): Snapshot {
  return {
    object_type: 'WORKFLOW',
    id: row.id,
    ...definitionOf(row),
    created_at: toWireTime(row.createdAt),
    updated_at: toWireTime(row.updatedAt),
  };
}

/** As in the answers of the API; the block has the name of the type. */
function actionSnapshot(row: WorkflowAction): Snapshot {
  return {
    object_type: 'WORKFLOW_ACTION',
    id: row.id,
    workflow_id: row.workflowId,
    type: row.type,
    description: row.description,
    status: row.status,
    [row.type.toLowerCase()]: row.config,
    created_at: toWireTime(row.createdAt),
    updated_at: toWireTime(row.updatedAt),
  };
}
