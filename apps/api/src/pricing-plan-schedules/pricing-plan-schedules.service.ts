import { Injectable } from '@nestjs/common';
import { type JsonObject } from '#billing/resources/merge-patch';
import { findResource, resourcesByIds } from '#billing/resources/resource-table';
import { type ScheduleRow, scheduleTable } from '#billing/subscriptions/schedule';
import { type SubscriptionRow } from '#billing/subscriptions/subscription';
import { changeSchedule, createSchedule, removeSchedule } from '#billing/subscriptions/write-schedule';
import { changeSchedulesOf } from '#billing/subscriptions/write-subscription';
import { Database, type Transaction } from '#database/database';
import { WakeSender } from '#database/wake';
import { DomainError } from '#kernel/errors';
import { shareLock } from '#workflows/data/platform-lock';
import { recordSubscriptionConsequences } from '#workflows/record-subscription';
import { validate } from '../http/validation.js';
import {
  type ScheduleCreateRequest,
  scheduleDocument,
  type ScheduleUpdateRequest,
  type ScheduleWriteQuery,
} from './pricing-plan-schedule.wire.js';

@Injectable()
export class PricingPlanSchedulesService {
  constructor(
    private readonly database: Database,
    private readonly wake: WakeSender,
  ) {}

  async create(platformId: string, body: ScheduleCreateRequest, query: ScheduleWriteQuery): Promise<ScheduleRow> {
    const field = 'pricing_plan_subscription_id';
    const subscriptionId = body[field];
    if (subscriptionId === undefined) throw DomainError.missingField(field);
    const neighbours = neighboursOf(query);
    return this.write(platformId, { id: subscriptionId, field }, query, (tx, subscription) =>
      createSchedule(tx, subscription, body, neighbours),
    );
  }

  /** @throws DomainError RESOURCE_NOT_FOUND */
  async get(platformId: string, id: string): Promise<ScheduleRow> {
    const row = await findResource(this.database.client, scheduleTable, platformId, { id });
    if (!row) throw DomainError.notFound(scheduleTable.resourceType, id);
    return row;
  }

  async byIds(platformId: string, ids: string[]): Promise<ScheduleRow[]> {
    return resourcesByIds(this.database.client, scheduleTable, platformId, ids);
  }

  async patch(
    platformId: string,
    id: string,
    patch: ScheduleUpdateRequest,
    query: ScheduleWriteQuery,
  ): Promise<ScheduleRow> {
    const neighbours = neighboursOf(query);
    const owner = await this.ownerOf(platformId, id);
    const check = (document: JsonObject) => validate(scheduleDocument, document);
    return this.write(platformId, owner, query, (tx, subscription) =>
      changeSchedule(tx, subscription, id, { patch, check, neighbours }),
    );
  }

  async delete(platformId: string, id: string): Promise<ScheduleRow> {
    const owner = await this.ownerOf(platformId, id);
    return this.write(platformId, owner, {}, (tx, subscription) => removeSchedule(tx, subscription, id));
  }

  /** A schedule never changes its subscription, so that it can be looked up before the subscription is locked. */
  private async ownerOf(platformId: string, id: string): Promise<{ id: string }> {
    const { subscriptionId } = await this.get(platformId, id);
    return { id: subscriptionId ?? '' };
  }

  private async write(
    platformId: string,
    owner: { id: string; field?: string },
    { record_only }: Pick<ScheduleWriteQuery, 'record_only'>,
    write: (tx: Transaction, subscription: SubscriptionRow) => Promise<ScheduleRow>,
  ): Promise<ScheduleRow> {
    const row = await this.database.transaction(async (tx) => {
      await shareLock(tx, platformId);
      const { written, change } = await changeSchedulesOf(tx, platformId, owner, (held) => write(tx, held));
      await recordSubscriptionConsequences(tx, change, { starts: record_only !== 'true' });
      return written;
    });
    this.wake.wake();
    return row;
  }
}

/** @throws DomainError when both are asked for. */
function neighboursOf({ set_previous_end_at, set_next_start_at }: ScheduleWriteQuery) {
  const [previousEnds, nextStarts] = [set_previous_end_at === 'true', set_next_start_at === 'true'];
  if (previousEnds && nextStarts) {
    throw DomainError.invalidField(
      'set_next_start_at',
      'set_next_start_at and set_previous_end_at exclude each other; state one of them.',
    );
  }
  return { previousEnds, nextStarts };
}
