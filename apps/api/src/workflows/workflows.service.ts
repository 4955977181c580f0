import { Injectable, Logger } from '@nestjs/common';
import { findActionType } from '#actions/types';
import { type JsonObject, mergePatch } from '#billing/resources/merge-patch';
import { Database, type Transaction, type Workflow, type WorkflowAction } from '#database/database';
import { DomainError } from '#kernel/errors';
import { findActiveActions } from '#workflows/data/workflow-action.repository';
import { findWorkflow, findWorkflows } from '#workflows/data/workflow.repository';
import { changeWorkflow, createWorkflow, refuseArchived } from '#workflows/define-workflow';
import { type WorkflowDefinition, withoutLeftovers } from '#workflows/domain/workflow-definition';
import { type Status } from '#workflows/domain/workflow-status';
import { Expansion } from '../expansion/expansion.js';
import { expands, type ListQuery } from '../http/listing.js';
import { type SearchRequest } from '../http/listing-search.js';
import { type Page, Pages } from '../http/pages.js';
import { workflowListing } from './workflow.listing.js';
import { toWire, type WorkflowCreateRequest, type WorkflowUpdateRequest } from './workflow.wire.js';

type WorkflowWire = ReturnType<typeof toWire>;

@Injectable()
export class WorkflowsService {
  private readonly logger = new Logger(WorkflowsService.name);

  constructor(
    private readonly database: Database,
    private readonly pages: Pages,
    private readonly expansion: Expansion,
  ) {}

  async create(platformId: string, body: WorkflowCreateRequest): Promise<Workflow> {
    return this.database.transaction((tx) => createWorkflow(tx, platformId, body));
  }

  async change(platformId: string, idOrReference: string, patch: WorkflowUpdateRequest): Promise<Workflow> {
    return this.revise(platformId, idOrReference, (current) => {
      refuseArchived(current.status);
      const merged = mergePatch(current as unknown as JsonObject, patch) as unknown as WorkflowDefinition;
      return withoutLeftovers(merged, patch);
    });
  }

  async setStatus(platformId: string, idOrReference: string, status: Status): Promise<Workflow> {
    return this.revise(platformId, idOrReference, (current) => ({ ...current, status }));
  }

  async get(platformId: string, idOrReference: string): Promise<Workflow> {
    const row = await findWorkflow(this.database.client, platformId, idOrReference);
    if (!row) throw DomainError.notFound('WORKFLOW', idOrReference);
    return row;
  }

  async list(platformId: string, query: ListQuery, url: URL, search?: SearchRequest): Promise<Page<WorkflowWire>> {
    const load = async (ids: string[]) => {
      const rows = await findWorkflows(this.database.client, platformId, ids);
      if (!expands(query, 'customer_ids')) return rows.map((row) => toWire(row));
      const customerIds = rows.flatMap((row) => row.customerIds);
      const customers = await this.expansion.customers(platformId, customerIds);
      return rows.map((row) =>
        toWire(
          row,
          row.customerIds.flatMap((id) => customers.get(id) ?? []),
        ),
      );
    };
    return this.pages.read(workflowListing, { platformId, query, url, search, load });
  }

  private async revise(
    platformId: string,
    idOrReference: string,
    revise: (current: WorkflowDefinition) => WorkflowDefinition,
  ): Promise<Workflow> {
    return this.database.transaction(async (tx) => {
      const row = await changeWorkflow(tx, platformId, idOrReference, revise);
      if (row.status === 'ACTIVE') await this.checkActions(tx, row);
      return row;
    });
  }

  /** The actions of an ACTIVE workflow are the mails of its variant (e.22), also when the variant came after them. */
  private async checkActions(tx: Transaction, workflow: Workflow): Promise<void> {
    const actions = await findActiveActions(tx, workflow.platformId, workflow.id);
    if (actions.length === 0) {
      this.logger.warn({
        workflow_id: workflow.id,
        msg: 'An ACTIVE workflow has no ACTIVE action: it mails nobody yet.',
      });
    }
    for (const action of actions) checkFit(workflow, action);
  }
}

function checkFit(workflow: Workflow, { id, type, config }: WorkflowAction): void {
  try {
    findActionType(type)?.check((config ?? {}) as object, workflow, true);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    throw DomainError.invalidOperation(
      `The action ${id} does not fit this workflow: ${error.message} Change or delete it before the workflow is ACTIVE.`,
      { field: 'status' },
    );
  }
}
