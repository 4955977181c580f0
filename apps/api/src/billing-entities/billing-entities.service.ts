import { Injectable } from '@nestjs/common';
import {
  type BillingEntityRow,
  billingEntityTable,
  recordBillingEntity,
} from '#billing/billing-entities/billing-entity';
import { type JsonObject, mergePatch } from '#billing/resources/merge-patch';
import { changeResource, createResource, type Identifier } from '#billing/resources/record-resource';
import { findByIdOrReference, lockResource, resourcesByIds } from '#billing/resources/resource-table';
import { Database } from '#database/database';
import { DomainError } from '#kernel/errors';
import { validate } from '../http/validation.js';
import {
  type BillingEntityCreateRequest,
  billingEntityCreateRequest,
  type BillingEntityUpdateRequest,
  type BillingEntityUpsertRequest,
} from './billing-entity.wire.js';

@Injectable()
export class BillingEntitiesService {
  constructor(private readonly database: Database) {}

  async create(platformId: string, body: BillingEntityCreateRequest): Promise<BillingEntityRow> {
    return this.database.transaction((tx) => createResource(tx, billingEntityTable, platformId, body));
  }

  async upsert(
    platformId: string,
    body: BillingEntityUpsertRequest,
    identifier: Identifier,
  ): Promise<BillingEntityRow> {
    const { row } = await this.database.transaction((tx) =>
      recordBillingEntity(tx, platformId, body, { identifier, check: checkBillingEntity }),
    );
    return row;
  }

  /** @throws DomainError RESOURCE_NOT_FOUND */
  async get(platformId: string, idOrReference: string): Promise<BillingEntityRow> {
    const row = await findByIdOrReference(this.database.client, billingEntityTable, platformId, idOrReference);
    if (!row) throw DomainError.notFound('BILLING_ENTITY', idOrReference);
    return row;
  }

  async byIds(platformId: string, ids: string[]): Promise<BillingEntityRow[]> {
    return resourcesByIds(this.database.client, billingEntityTable, platformId, ids);
  }

  /** @throws DomainError RESOURCE_NOT_FOUND */
  async patch(platformId: string, idOrReference: string, patch: BillingEntityUpdateRequest): Promise<BillingEntityRow> {
    const { id } = await this.get(platformId, idOrReference);
    return this.database.transaction(async (tx) => {
      const before = await lockResource(tx, billingEntityTable, platformId, { id });
      if (!before) throw DomainError.notFound('BILLING_ENTITY', idOrReference);
      const merged = checkBillingEntity(mergePatch(before.document, patch));
      return (await changeResource(tx, billingEntityTable, before, merged)).row;
    });
  }
}

function checkBillingEntity(document: JsonObject): JsonObject {
  return validate(billingEntityCreateRequest, document);
}
