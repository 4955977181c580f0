import { Injectable } from '@nestjs/common';
import { type JsonObject } from '#billing/resources/merge-patch';
import { type Identifier } from '#billing/resources/record-resource';
import { findResource, resourcesByIds } from '#billing/resources/resource-table';
import { afterCancellation } from '#billing/subscriptions/cancellation';
import { schedulesOf } from '#billing/subscriptions/schedule';
import { type SubscriptionRow, subscriptionTable } from '#billing/subscriptions/subscription';
import {
  changeSubscription,
  patched,
  recordSubscription,
  type SubscriptionChange,
} from '#billing/subscriptions/write-subscription';
import { Database, type Transaction } from '#database/database';
import { WakeSender } from '#database/wake';
import { DomainError } from '#kernel/errors';
import { shareLock } from '#workflows/data/platform-lock';
import { recordSubscriptionConsequences } from '#workflows/record-subscription';
import { Expansion } from '../expansion/expansion.js';
import { expands, type ListQuery } from '../http/listing.js';
import { type SearchRequest } from '../http/listing-search.js';
import { type Page, Pages } from '../http/pages.js';
import { validate } from '../http/validation.js';
import { subscriptionListing } from './pricing-plan-subscription.listing.js';
import {
  type SubscriptionCancelRequest,
  type SubscriptionCreateRequest,
  subscriptionDocument,
  type SubscriptionUpdateRequest,
  type SubscriptionUpsertRequest,
  toWire,
} from './pricing-plan-subscription.wire.js';

type SubscriptionWire = ReturnType<typeof toWire>;

/** Which id fields an answer shows in line. */
export type Expanding = Pick<ListQuery, 'expand[]' | 'expand'>;

@Injectable()
export class PricingPlanSubscriptionsService {
  constructor(
    private readonly database: Database,
    private readonly pages: Pages,
    private readonly expansion: Expansion,
    private readonly wake: WakeSender,
  ) {}

  async create(platformId: string, body: SubscriptionCreateRequest, starts: boolean): Promise<SubscriptionWire> {
    return this.write(platformId, starts, async (tx) => {
      const { reference } = body;
      const taken = reference && (await findResource(tx, subscriptionTable, platformId, { reference }));
      if (taken) throw DomainError.referenceTaken(subscriptionTable.resourceType, reference);
      return recordSubscription(tx, platformId, body, { check: checkSubscription });
    });
  }

  async upsert(
    platformId: string,
    body: SubscriptionUpsertRequest,
    options: { identifier: Identifier; starts: boolean },
  ): Promise<SubscriptionWire> {
    const { identifier, starts } = options;
    return this.write(platformId, starts, (tx) =>
      recordSubscription(tx, platformId, body, { identifier, check: checkSubscription }),
    );
  }

  async patch(
    platformId: string,
    id: string,
    patch: SubscriptionUpdateRequest,
    starts: boolean,
  ): Promise<SubscriptionWire> {
    const change = (document: JsonObject) => patched(document, patch, checkSubscription);
    return this.write(platformId, starts, (tx) => changeSubscription(tx, platformId, id, change));
  }

  /** The status that it has already is no change (e.69). */
  async setStatus(platformId: string, id: string, status: 'VOID' | 'ARCHIVED'): Promise<SubscriptionWire> {
    const change = (document: JsonObject) => ({ ...document, status });
    return this.write(platformId, true, (tx) => changeSubscription(tx, platformId, id, change));
  }

  async cancel(platformId: string, id: string, body: SubscriptionCancelRequest): Promise<SubscriptionWire> {
    if (body.cancel_dunning_actions && body.type !== 'NOW') {
      throw DomainError.invalidField('cancel_dunning_actions', 'cancel_dunning_actions requires type NOW.');
    }
    return this.write(platformId, true, (tx) =>
      changeSubscription(tx, platformId, id, (document, { startAt, at }) =>
        afterCancellation(document, startAt, body, at),
      ),
    );
  }

  /** @throws DomainError RESOURCE_NOT_FOUND */
  async get(platformId: string, id: string, expanding: Expanding): Promise<SubscriptionWire> {
    const row = await findResource(this.database.client, subscriptionTable, platformId, { id });
    if (!row) throw DomainError.notFound(subscriptionTable.resourceType, id);
    const [wire] = await this.toWire(platformId, [row], expanding);
    return wire ?? toWire(row, []);
  }

  async list(platformId: string, query: ListQuery, url: URL, search?: SearchRequest): Promise<Page<SubscriptionWire>> {
    const load = async (ids: string[]) => {
      const rows = await resourcesByIds(this.database.client, subscriptionTable, platformId, ids);
      return this.toWire(platformId, rows, query);
    };
    return this.pages.read(subscriptionListing, { platformId, query, url, search, load });
  }

  private async write(
    platformId: string,
    starts: boolean,
    write: (tx: Transaction) => Promise<SubscriptionChange>,
  ): Promise<SubscriptionWire> {
    const wire = await this.database.transaction(async (tx) => {
      await shareLock(tx, platformId);
      const change = await write(tx);
      await recordSubscriptionConsequences(tx, change, { starts });
      return toWire(change.row, await schedulesOf(tx, platformId, [change.row.id]));
    });
    this.wake.wake();
    return wire;
  }

  private async toWire(platformId: string, rows: SubscriptionRow[], expanding: Expanding): Promise<SubscriptionWire[]> {
    const query = expanding as ListQuery;
    const forwardedTo = ({ document }: SubscriptionRow) => document.forward_customer_id as string | undefined;
    const [schedules, customers, forwarded, sellers] = await Promise.all([
      schedulesOf(this.database.client, platformId, rows.map(({ id }) => id)), // prettier-ignore
      this.expansion.customers(platformId, expands(query, 'customer_id') ? rows.map((row) => row.customerId) : []),
      this.expansion.customers(platformId, expands(query, 'forward_customer_id') ? rows.map(forwardedTo) : []),
      this.expansion.billingEntities(
        platformId,
        expands(query, 'billing_entity_id') ? rows.map((row) => row.billingEntityId) : [],
      ),
    ]);
    const inLine = expands(query, 'pricing_plan_schedule_id') || expands(query, 'pricing_plan_schedule_infos');
    return rows.map((row) =>
      toWire(row, schedules, {
        customer: customers.get(row.customerId ?? ''),
        forwardCustomer: forwarded.get(forwardedTo(row) ?? ''),
        billingEntity: sellers.get(row.billingEntityId ?? ''),
        schedules: inLine,
      }),
    );
  }
}

function checkSubscription(document: JsonObject): JsonObject {
  return validate(subscriptionDocument, document);
}
