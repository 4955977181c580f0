import { Injectable } from '@nestjs/common';
import { Database, type WorkflowTrigger } from '#database/database';
import { WakeSender } from '#database/wake';
import { DomainError } from '#kernel/errors';
import { findTriggers, type TriggerWithStatus } from '#workflows/data/workflow-trigger.repository';
import { BLOCK, type WorkflowType } from '#workflows/domain/workflow-blocks';
import { recordManualTrigger } from '#workflows/record-manual-trigger';
import { type Expanded, Expansion } from '../expansion/expansion.js';
import { expands, type ListQuery } from '../http/listing.js';
import { type SearchRequest } from '../http/listing-search.js';
import { type Page, Pages } from '../http/pages.js';
import { manualTrigger } from './manual-trigger.js';
import { kindConditions, workflowTriggerListing } from './workflow-trigger.listing.js';
import { toWire, type TriggerExpansion, type WorkflowTriggerCreateRequest } from './workflow-trigger.wire.js';

type TriggerWire = ReturnType<typeof toWire>;

@Injectable()
export class WorkflowTriggersService {
  constructor(
    private readonly database: Database,
    private readonly pages: Pages,
    private readonly expansion: Expansion,
    private readonly wake: WakeSender,
  ) {}

  /** Runs a workflow by hand: the trigger and its executions are on record when this resolves. */
  async create(platformId: string, body: WorkflowTriggerCreateRequest): Promise<TriggerWithStatus> {
    const request = manualTrigger(body);
    const id = await this.database.transaction((tx) => recordManualTrigger(tx, platformId, request));
    this.wake.wake();
    return this.get(platformId, id);
  }

  async get(platformId: string, id: string): Promise<TriggerWithStatus> {
    const [found] = await findTriggers(this.database.client, platformId, [id]);
    if (!found) throw DomainError.notFound('WORKFLOW_TRIGGER', id);
    return found;
  }

  async list(platformId: string, query: ListQuery, url: URL, search?: SearchRequest): Promise<Page<TriggerWire>> {
    const load = async (ids: string[]) => {
      const rows = await findTriggers(this.database.client, platformId, ids);
      const expand = await this.expansionOf(platformId, rows, query);
      return rows.map((row) => toWire(row, expand(row)));
    };
    const where = kindConditions(query, search);
    return this.pages.read(workflowTriggerListing, { platformId, query, url, search, where, load });
  }

  private async expansionOf(
    platformId: string,
    rows: TriggerWithStatus[],
    query: ListQuery,
  ): Promise<(row: TriggerWithStatus) => TriggerExpansion> {
    const triggers = rows.map(({ trigger }) => trigger);
    const objects = (type: WorkflowType) =>
      expands(query, `${BLOCK[type]}_id`)
        ? triggers.filter(({ resourceType }) => resourceType === type).map((trigger) => objectOf(trigger))
        : [];
    const [workflows, customers, invoices, payments, subscriptions, wallets] = await Promise.all([
      this.expansion.workflows(platformId, expands(query, 'workflow_id') ? triggers.map((row) => row.workflowId) : []),
      this.expansion.customers(platformId, expands(query, 'customer_id') ? triggers.map((row) => row.customerId) : []),
      this.expansion.invoices(platformId, objects('INVOICE')),
      this.expansion.payments(platformId, objects('PAYMENT')),
      this.expansion.subscriptions(platformId, objects('PRICING_PLAN_SUBSCRIPTION')),
      this.expansion.wallets(platformId, objects('WALLET')),
    ]);
    const expanded = {
      INVOICE: invoices,
      PAYMENT: payments,
      PRICING_PLAN_SUBSCRIPTION: subscriptions,
      WALLET: wallets,
    } satisfies Record<WorkflowType, Expanded>;
    return ({ trigger }) => ({
      workflow: workflows.get(trigger.workflowId),
      customer: customers.get(trigger.customerId ?? ''),
      resource: expanded[trigger.resourceType as WorkflowType].get(objectOf(trigger) ?? ''),
    });
  }
}

/** The object that the block names: of a subscription's trial the subscription, while the run is for one of its schedules. */
function objectOf({ resourceType, payload }: WorkflowTrigger): string | undefined {
  return (payload as Record<string, string | undefined>)[`${BLOCK[resourceType as WorkflowType]}_id`];
}
