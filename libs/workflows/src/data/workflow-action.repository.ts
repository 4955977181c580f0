import { isDeepStrictEqual } from 'node:util';
import { Prisma, type Transaction, type WorkflowAction } from '#database/database';
import { newId } from '#kernel/ids';
import { type Status } from '../domain/workflow-status.js';
import { databaseTime } from '#database/database-time';
import { journalAction } from './journal-workflow.js';

/** What its owner says about an action. */
export interface ActionDefinition {
  description: string | null;
  status: Status;
  /** The block of its type, as on the wire; null when a draft has none yet. */
  config: object | null;
}

/** Null when the platform has none, or it was deleted. */
export async function findAction(tx: Transaction, platformId: string, id: string): Promise<WorkflowAction | null> {
  return tx.workflowAction.findFirst({ where: { platformId, id, deletedAt: null } });
}

/** Those of these ids that were not deleted, in no particular order. */
export async function findActions(tx: Transaction, platformId: string, ids: string[]): Promise<WorkflowAction[]> {
  return tx.workflowAction.findMany({ where: { platformId, id: { in: ids }, deletedAt: null } });
}

/** The ACTIVE actions of a workflow, oldest first. */
export async function findActiveActions(
  tx: Transaction,
  platformId: string,
  workflowId: string,
): Promise<WorkflowAction[]> {
  return tx.workflowAction.findMany({
    where: { platformId, workflowId, status: 'ACTIVE', deletedAt: null },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  });
}

/** Writes a new action and its first version. The caller holds the workflow's row. */
export async function insertAction(
  tx: Transaction,
  owner: { platformId: string; workflowId: string; type: string },
  definition: ActionDefinition,
): Promise<WorkflowAction> {
  const now = await databaseTime(tx);
  const data = { id: newId('workflowAction'), ...owner, ...columns(definition), createdAt: now, updatedAt: now };
  const row = await tx.workflowAction.create({ data });
  await insertVersion(tx, row, now);
  await journalAction(tx, 'CREATED', null, row);
  return row;
}

/**
 * Writes what is different and raises the revision; writes nothing when nothing is. Another configuration is another
 * version: executions keep pointing at the one that they were planned with. The caller holds the workflow's row.
 */
export async function updateAction(
  tx: Transaction,
  row: WorkflowAction,
  definition: ActionDefinition,
): Promise<WorkflowAction> {
  const after = columns(definition);
  const before = columns(row as ActionDefinition);
  if (isDeepStrictEqual(after, before)) return row;
  const newConfig = !isDeepStrictEqual(after.config, before.config);
  const now = await databaseTime(tx);
  const updated = await tx.workflowAction.update({
    where: { platformId_id: { platformId: row.platformId, id: row.id } },
    data: { ...after, version: { increment: newConfig ? 1 : 0 }, revision: { increment: 1 }, updatedAt: now },
  });
  if (newConfig) await insertVersion(tx, updated, now);
  await journalAction(tx, 'UPDATED', row, updated);
  return updated;
}

/** Executions keep pointing at it; nobody else sees it any more. The caller holds the workflow's row. */
export async function deleteAction(tx: Transaction, row: WorkflowAction): Promise<WorkflowAction> {
  const { platformId, id } = row;
  const now = await databaseTime(tx);
  const deleted = await tx.workflowAction.update({
    where: { platformId_id: { platformId, id } },
    data: { deletedAt: now, updatedAt: now, revision: { increment: 1 } },
  });
  await journalAction(tx, 'DELETE', row, row);
  return deleted;
}

async function insertVersion(
  tx: Transaction,
  { platformId, id, version, config }: WorkflowAction,
  now: Date,
): Promise<void> {
  await tx.workflowActionVersion.create({
    data: { platformId, actionId: id, version, config: config ?? Prisma.DbNull, createdAt: now },
  });
}

function columns({ description, status, config }: ActionDefinition) {
  // As JSON keeps it: what is undefined is absent.
  const json = config && (JSON.parse(JSON.stringify(config)) as Prisma.InputJsonObject);
  return { description, status, config: json ?? Prisma.DbNull };
}
