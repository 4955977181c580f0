import { type Transaction, type Workflow } from '#database/database';
import { DomainError } from '#kernel/errors';
import { databaseTime } from '#database/database-time';
import { checkWatchedWallets } from './check-watched-wallets.js';
import { exclusiveLock } from './data/platform-lock.js';
import {
  activationOf,
  definitionOf,
  hasTriggers,
  insertWorkflow,
  lockWorkflow,
  updateWorkflow,
} from './data/workflow.repository.js';
import { activationAfter } from './domain/activation.js';
import { type WorkflowDefinition, variantOf } from './domain/workflow-definition.js';
import { checkServed, checkWorkflow, checkWorkflowChange } from './domain/workflow-rules.js';
import { checkFirstStatus, checkWorkflowStatus } from './domain/workflow-status.js';
import { findVariant } from './variants/index.js';

/**
 * A new workflow.
 * @throws DomainError naming the field that is wrong; RESOURCE_NOT_FOUND for a customer that the platform does not have.
 */
export async function createWorkflow(
  tx: Transaction,
  platformId: string,
  stated: WorkflowDefinition,
): Promise<Workflow> {
  const definition = withEachCustomerOnce(stated);
  checkFirstStatus(definition.status);
  check(definition);
  if (definition.status === 'ACTIVE') await exclusiveLock(tx, platformId);
  await checkCustomers(tx, platformId, stated.customer_ids ?? [], []);
  await checkWatchedWallets(tx, platformId, definition);
  const now = await databaseTime(tx);
  return insertWorkflow(tx, platformId, definition, activationAfter(null, definition, isTimed(definition), now), now);
}

/**
 * Changes a workflow to what `revise` makes of it. The same definition again changes nothing.
 * @throws DomainError RESOURCE_NOT_FOUND, INVALID_OPERATION when it is archived, else naming the field that is wrong.
 */
export async function changeWorkflow(
  tx: Transaction,
  platformId: string,
  idOrReference: string,
  revise: (current: WorkflowDefinition) => WorkflowDefinition,
): Promise<Workflow> {
  // Before the row: a record in flight may be about to read it.
  await exclusiveLock(tx, platformId);
  const row = await lockWorkflow(tx, platformId, idOrReference);
  if (!row) throw DomainError.notFound('WORKFLOW', idOrReference);
  const current = definitionOf(row);
  const stated = revise(current);
  const definition = withEachCustomerOnce(stated);
  checkWorkflowChange(current, definition, await hasTriggers(tx, row));
  checkWorkflowStatus(current.status, definition.status);
  check(definition);
  await checkCustomers(tx, platformId, stated.customer_ids ?? [], row.customerIds);
  await checkWatchedWallets(tx, platformId, definition);
  const now = await databaseTime(tx);
  const before = { definition: current, activation: activationOf(row) };
  return updateWorkflow(tx, row, definition, activationAfter(before, definition, isTimed(definition), now), now);
}

/** @throws DomainError INVALID_OPERATION: an archived workflow is changed no more (e.69). */
export function refuseArchived(status: string): void {
  if (status !== 'ARCHIVED') return;
  throw DomainError.invalidOperation('The workflow is ARCHIVED, which is final; create another one instead.');
}

function check(definition: WorkflowDefinition): void {
  checkWorkflow(definition);
  checkServed(definition, (type, variant) => findVariant(type, variant) !== undefined);
}

function isTimed(definition: WorkflowDefinition): boolean {
  return findVariant(definition.type, variantOf(definition))?.cadence !== undefined;
}

function withEachCustomerOnce(definition: WorkflowDefinition): WorkflowDefinition {
  const { customer_ids: customerIds } = definition;
  return customerIds ? { ...definition, customer_ids: [...new Set(customerIds)] } : definition;
}

/** @param known customers that the workflow names already: one who was deleted since does not block other changes. */
async function checkCustomers(tx: Transaction, platformId: string, ids: string[], known: string[]): Promise<void> {
  const before = new Set(known);
  const added = ids.filter((id) => !before.has(id));
  if (added.length === 0) return;
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM customer WHERE platform_id = ${platformId} AND id = ANY(${added}) AND deleted_at IS NULL`;
  const existing = new Set(rows.map(({ id }) => id));
  const unknown = added.find((id) => !existing.has(id));
  if (unknown !== undefined)
    throw DomainError.unknownReference('CUSTOMER', unknown, `customer_ids.${ids.indexOf(unknown)}`);
}
