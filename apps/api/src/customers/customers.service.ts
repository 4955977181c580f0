import { Injectable } from '@nestjs/common';
import { type CustomerRow, customerTable, recordCustomer } from '#billing/customers/customer';
import { type JsonObject, mergePatch } from '#billing/resources/merge-patch';
import { changeResource, createResource, type Identifier } from '#billing/resources/record-resource';
import { findByIdOrReference, lockResource, resourcesByIds } from '#billing/resources/resource-table';
import { Database } from '#database/database';
import { DomainError } from '#kernel/errors';
import { shareLock } from '#workflows/data/platform-lock';
import { recordCustomerConsequences } from '#workflows/record-customer';
import { validate } from '../http/validation.js';
import {
  type CustomerCreateRequest,
  customerCreateRequest,
  type CustomerUpdateRequest,
  type CustomerUpsertRequest,
} from './customer.wire.js';

@Injectable()
export class CustomersService {
  constructor(private readonly database: Database) {}

  async create(platformId: string, body: CustomerCreateRequest): Promise<CustomerRow> {
    return this.database.transaction((tx) => createResource(tx, customerTable, platformId, body));
  }

  async upsert(platformId: string, body: CustomerUpsertRequest, identifier: Identifier): Promise<CustomerRow> {
    return this.database.transaction(async (tx) => {
      await shareLock(tx, platformId);
      const recorded = await recordCustomer(tx, platformId, body, { identifier, check: checkCustomer });
      await recordCustomerConsequences(tx, recorded);
      return recorded.row;
    });
  }

  /** @throws DomainError RESOURCE_NOT_FOUND */
  async get(platformId: string, idOrReference: string): Promise<CustomerRow> {
    const row = await findByIdOrReference(this.database.client, customerTable, platformId, idOrReference);
    if (!row) throw DomainError.notFound('CUSTOMER', idOrReference);
    return row;
  }

  async byIds(platformId: string, ids: string[]): Promise<CustomerRow[]> {
    return resourcesByIds(this.database.client, customerTable, platformId, ids);
  }

  /** @throws DomainError RESOURCE_NOT_FOUND */
  async patch(platformId: string, idOrReference: string, patch: CustomerUpdateRequest): Promise<CustomerRow> {
    const { id } = await this.get(platformId, idOrReference);
    return this.database.transaction(async (tx) => {
      await shareLock(tx, platformId);
      const before = await lockResource(tx, customerTable, platformId, { id });
      if (!before) throw DomainError.notFound('CUSTOMER', idOrReference);
      const merged = checkCustomer(mergePatch(before.document, patch));
      const recorded = await changeResource(tx, customerTable, before, merged);
      await recordCustomerConsequences(tx, recorded);
      return recorded.row;
    });
  }
}

function checkCustomer(document: JsonObject): JsonObject {
  return validate(customerCreateRequest, document);
}
