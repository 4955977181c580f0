import { isDeepStrictEqual } from 'node:util';
import { Prisma, type Transaction, type Workflow } from '#database/database';
import { isUniqueViolation } from '#database/unique-violation';
import { DomainError } from '#kernel/errors';
import { newId } from '#kernel/ids';
import { type Activation } from '../domain/activation.js';
import { type Since } from '../domain/since.js';
import { BLOCK, blockSchema, type WorkflowBlocks, type WorkflowType } from '../domain/workflow-blocks.js';
import { blockOf, type WorkflowDefinition, variantOf } from '../domain/workflow-definition.js';
import { type Status } from '../domain/workflow-status.js';
import { journalWorkflow } from './journal-workflow.js';

/** The workflow by its id, else by its reference; null when the platform has neither. */
export async function findWorkflow(
  tx: Transaction,
  platformId: string,
  idOrReference: string,
): Promise<Workflow | null> {
  const byId = await tx.workflow.findUnique({ where: { platformId_id: { platformId, id: idOrReference } } });
  if (byId) return byId;
  return tx.workflow.findUnique({ where: { platformId_reference: { platformId, reference: idOrReference } } });
}

/** In no particular order. */
export async function findWorkflows(tx: Transaction, platformId: string, ids: string[]): Promise<Workflow[]> {
  return tx.workflow.findMany({ where: { platformId, id: { in: ids } } });
}

/** Locks the workflow for a change of it or of its actions, and reads it after the wait. */
export async function lockWorkflow(
  tx: Transaction,
  platformId: string,
  idOrReference: string,
): Promise<Workflow | null> {
  const found = await findWorkflow(tx, platformId, idOrReference);
  if (!found) return null;
  await tx.$queryRaw`SELECT 1 FROM workflow WHERE platform_id = ${platformId} AND id = ${found.id} FOR NO KEY UPDATE`;
  return tx.workflow.findUnique({ where: { platformId_id: { platformId, id: found.id } } });
}

/** @throws DomainError RESOURCE_ALREADY_EXISTS when another workflow of the platform has the reference. */
export async function insertWorkflow(
  tx: Transaction,
  platformId: string,
  definition: WorkflowDefinition,
  activation: Activation,
  now: Date,
): Promise<Workflow> {
  const data = {
    platformId,
    id: newId('workflow'),
    ...columns(definition),
    ...activation,
    createdAt: now,
    updatedAt: now,
  };
  const row = await refuseDuplicate(definition.reference, () => tx.workflow.create({ data }));
  await journalWorkflow(tx, null, row);
  return row;
}

/**
 * Writes what is different and raises the revision; writes nothing when nothing is. The caller holds the row.
 * @throws DomainError RESOURCE_ALREADY_EXISTS when another workflow of the platform has the reference.
 */
export async function updateWorkflow(
  tx: Transaction,
  row: Workflow,
  definition: WorkflowDefinition,
  activation: Activation,
  now: Date,
): Promise<Workflow> {
  if (isDeepStrictEqual(columns(definition), columns(definitionOf(row)))) return row;
  const { platformId, id } = row;
  const after = await refuseDuplicate(definition.reference, () =>
    tx.workflow.update({
      where: { platformId_id: { platformId, id } },
      data: { ...columns(definition), ...activation, revision: { increment: 1 }, updatedAt: now },
    }),
  );
  await journalWorkflow(tx, row, after);
  return after;
}

export async function hasTriggers(tx: Transaction, { platformId, id }: Workflow): Promise<boolean> {
  return (await tx.workflowTrigger.findFirst({ where: { platformId, workflowId: id }, select: { id: true } })) !== null;
}

/** The definition that a row holds. */
export function definitionOf(row: Workflow): WorkflowDefinition {
  const type = row.type as WorkflowType;
  const block = row.config === null ? {} : { [BLOCK[type]]: blockSchema[type].parse(row.config) };
  return {
    name: row.name,
    description: row.description,
    type,
    reference: row.reference,
    status: row.status as Status,
    customer_ids: row.scoped ? row.customerIds : null,
    ...(block as WorkflowBlocks),
  };
}

export function activationOf(row: Workflow): Activation {
  const { activatedAt, enrolCursor, enrolledCount } = row;
  return {
    activatedAt,
    stepsSince: row.stepsSince as Since,
    scopeSince: row.scopeSince as Since,
    enrolCursor,
    enrolledCount,
  };
}

function columns(definition: WorkflowDefinition) {
  const { name, description, type, reference, status, customer_ids: customerIds } = definition;
  const block = blockOf(definition);
  return {
    name,
    description: description ?? null,
    type,
    variant: variantOf(definition),
    reference,
    status,
    config: block === undefined ? Prisma.DbNull : asJson(block),
    scoped: customerIds != null,
    customerIds: customerIds ?? [],
  };
}

/** As JSON keeps it: what is undefined is absent. */
function asJson(value: object): Prisma.InputJsonObject {
  return JSON.parse(JSON.stringify(value)) as Prisma.InputJsonObject;
}

async function refuseDuplicate<T>(reference: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw DomainError.referenceTaken('WORKFLOW', reference);
  }
}
