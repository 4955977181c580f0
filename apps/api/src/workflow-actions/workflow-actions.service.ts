import { Injectable } from '@nestjs/common';
import { type ActionType } from '#actions/action-type';
import { ACTION_TYPES, findActionType } from '#actions/types';
import { mergePatch } from '#billing/resources/merge-patch';
import { Database, type Transaction, type Workflow, type WorkflowAction } from '#database/database';
import { DomainError } from '#kernel/errors';
import {
  type ActionDefinition,
  deleteAction,
  findAction,
  findActions,
  insertAction,
  updateAction,
} from '#workflows/data/workflow-action.repository';
import { lockWorkflow } from '#workflows/data/workflow.repository';
import { refuseArchived } from '#workflows/define-workflow';
import { checkActionStatus, checkFirstStatus, type Status } from '#workflows/domain/workflow-status';
import { Expansion } from '../expansion/expansion.js';
import { expands, type ListQuery } from '../http/listing.js';
import { type Page, Pages } from '../http/pages.js';
import { workflowActionListing } from './workflow-action.listing.js';
import {
  type ActionExpansion,
  toWire,
  type WorkflowActionCreateRequest,
  type WorkflowActionUpdateRequest,
} from './workflow-action.wire.js';

type ActionWire = ReturnType<typeof toWire>;

@Injectable()
export class WorkflowActionsService {
  constructor(
    private readonly database: Database,
    private readonly pages: Pages,
    private readonly expansion: Expansion,
  ) {}

  async create(platformId: string, body: WorkflowActionCreateRequest): Promise<WorkflowAction> {
    const type = actionType(body.type);
    refuseOtherBlocks(type, body);
    return this.database.transaction(async (tx) => {
      const workflow = await lockWorkflow(tx, platformId, body.workflow_id);
      if (workflow?.id !== body.workflow_id) {
        throw DomainError.unknownReference('WORKFLOW', body.workflow_id, 'workflow_id');
      }
      refuseArchived(workflow.status);
      checkFirstStatus(body.status);
      const { description = null, status } = body;
      const config = body[type.block] ?? null;
      const definition = await settle(tx, type, workflow, { description, status, config });
      return insertAction(tx, { platformId, workflowId: workflow.id, type: type.name }, definition);
    });
  }

  async change(platformId: string, id: string, patch: WorkflowActionUpdateRequest): Promise<WorkflowAction> {
    return this.write(platformId, id, async (tx, workflow, row) => {
      const type = actionType(row.type);
      checkUnmoved(row, patch);
      refuseOtherBlocks(type, patch);
      checkActionStatus(row.status as Status, patch.status ?? (row.status as Status));
      if (row.status === 'ARCHIVED') {
        throw DomainError.invalidOperation('The action is ARCHIVED, which is final; create another one instead.');
      }
      const { description, status, config } = row;
      const changed = { description: patch.description, status: patch.status, config: patch[type.block] };
      const merged = mergePatch({ description, status, config }, changed);
      const definition = { description: null, config: null, ...merged } as unknown as ActionDefinition;
      return updateAction(tx, row, await settle(tx, type, workflow, definition));
    });
  }

  async delete(platformId: string, id: string): Promise<WorkflowAction> {
    return this.write(platformId, id, (tx, _workflow, row) => deleteAction(tx, row));
  }

  async get(platformId: string, id: string): Promise<WorkflowAction> {
    const row = await findAction(this.database.client, platformId, id);
    if (!row) throw DomainError.notFound('WORKFLOW_ACTION', id);
    return row;
  }

  /** A page and how many there are on all of them. */
  async list(platformId: string, query: ListQuery, url: URL): Promise<{ page: Page<ActionWire>; total: number }> {
    const load = async (ids: string[]) => {
      const rows = await findActions(this.database.client, platformId, ids);
      const expand = await this.expansionOf(platformId, rows, query);
      return rows.map((row) => toWire(row, expand(row)));
    };
    const page = await this.pages.read(workflowActionListing, { platformId, query, url, load });
    return { page, total: await this.pages.count(workflowActionListing, { platformId, query }) };
  }

  private async expansionOf(
    platformId: string,
    rows: WorkflowAction[],
    query: ListQuery,
  ): Promise<(row: WorkflowAction) => ActionExpansion> {
    const workflowIds = expands(query, 'workflow_id') ? rows.map((row) => row.workflowId) : [];
    const integrationIds = expands(query, 'integration_id') ? rows.map(integrationOf) : [];
    const [workflows, integrations] = await Promise.all([
      this.expansion.workflows(platformId, workflowIds),
      this.expansion.integrations(platformId, integrationIds),
    ]);
    return (row) => ({
      workflow: workflows.get(row.workflowId),
      integration: integrations.get(integrationOf(row) ?? ''),
    });
  }

  /** Every write of an action holds the row of its workflow, and only living workflows have writes. */
  private async write(
    platformId: string,
    id: string,
    change: (tx: Transaction, workflow: Workflow, row: WorkflowAction) => Promise<WorkflowAction>,
  ): Promise<WorkflowAction> {
    return this.database.transaction(async (tx) => {
      const found = await findAction(tx, platformId, id);
      const workflow = found && (await lockWorkflow(tx, platformId, found.workflowId));
      const row = workflow && (await findAction(tx, platformId, id));
      if (!row) throw DomainError.notFound('WORKFLOW_ACTION', id);
      refuseArchived(workflow.status);
      return change(tx, workflow, row);
    });
  }
}

/** The definition with its defaults, after everything that must be true of it was asked. */
async function settle(
  tx: Transaction,
  type: ActionType,
  workflow: Workflow,
  definition: ActionDefinition,
): Promise<ActionDefinition> {
  const complete = definition.status === 'ACTIVE' || definition.status === 'INACTIVE';
  if (complete && definition.config === null) {
    throw DomainError.missingField(type.block, `${type.block} is required, unless the status is DRAFT.`);
  }
  const stated = definition.config ?? {};
  type.check(stated, workflow, complete);
  await checkIntegration(tx, workflow.platformId, type, stated);
  return { ...definition, config: definition.config && type.withDefaults(stated, workflow) };
}

/** Holds the integration until the action is written: it must not be deleted in between. */
async function checkIntegration(tx: Transaction, platformId: string, type: ActionType, config: object): Promise<void> {
  const named = type.integration(config);
  if (!named) return;
  const [found] = await tx.$queryRaw<{ type: string }[]>`
    SELECT type FROM integration WHERE platform_id = ${platformId} AND id = ${named.id} AND deleted_at IS NULL FOR SHARE`;
  if (!found) throw DomainError.unknownReference('INTEGRATION', named.id, named.field);
  if (found.type === named.type) return;
  throw DomainError.invalidField(
    named.field,
    `${named.field} must name an integration of type ${named.type}, not ${found.type}.`,
  );
}

function integrationOf({ type, config }: WorkflowAction): string | null {
  return findActionType(type)?.integration((config ?? {}) as object)?.id ?? null;
}

function actionType(name: string): ActionType {
  const type = findActionType(name);
  if (!type) throw DomainError.invalidField('type', `Actions of type ${name} are not supported by this version.`);
  return type;
}

function refuseOtherBlocks(type: ActionType, body: Record<string, unknown>): void {
  for (const { block } of ACTION_TYPES as readonly ActionType[]) {
    if (block === type.block || body[block] === undefined) continue;
    throw DomainError.invalidField(block, `${block} does not belong to an action of type ${type.name}.`);
  }
}

function checkUnmoved(row: WorkflowAction, patch: WorkflowActionUpdateRequest): void {
  if (patch.workflow_id !== undefined && patch.workflow_id !== row.workflowId) {
    throw DomainError.invalidField('workflow_id', 'An action stays with its workflow; create another one there.');
  }
  if (patch.type === undefined || patch.type === row.type) return;
  throw DomainError.invalidField('type', `type stays ${row.type} for good; create another action.`);
}
