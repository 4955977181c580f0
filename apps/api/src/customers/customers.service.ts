import { Injectable } from '@nestjs/common';
import { type CustomerRow, customerTable, recordCustomer, requireWhatCustomerNames } from '#billing/customers/customer';
import { type JsonObject, mergePatch } from '#billing/resources/merge-patch';
import { deleteCustomer } from '#billing/customers/delete-customer';
import { refuseForgotten } from '#billing/customers/customer-forgotten';
import { changeResource, createResource, type Identifier } from '#billing/resources/record-resource';
import { findByIdOrReference, lockResource, resourcesByIds } from '#billing/resources/resource-table';
import { setResourceStatus } from '#billing/resources/set-resource-status';
import { Database } from '#database/database';
import { DomainError } from '#kernel/errors';
import { shareLock } from '#workflows/data/platform-lock';
import { forgetCustomer } from '#workflows/forget-customer';
import { recordCustomerConsequences } from '#workflows/record-customer';
import { validate } from '../http/validation.js';
import { requireDraft } from './drafts-only.js';
import {
  type CustomerCreateRequest,
  customerCreateRequest,
  type CustomerStatus,
  type CustomerUpdateRequest,
  type CustomerUpsertRequest,
} from './customer.wire.js';

@Injectable()
export class CustomersService {
  constructor(private readonly database: Database) {}

  async create(platformId: string, body: CustomerCreateRequest): Promise<CustomerRow> {
    return this.database.transaction(async (tx) => {
      const row = await createResource(tx, customerTable, platformId, body);
      await requireWhatCustomerNames(tx, { row, before: null });
      return row;
    });
  }

  /** @param drafts the caller may change customers in DRAFT alone. */
  async upsert(
    platformId: string,
    body: CustomerUpsertRequest,
    { identifier, drafts }: { identifier: Identifier; drafts: boolean },
  ): Promise<CustomerRow> {
    const check = (document: JsonObject, before: JsonObject | null) => {
      if (drafts && before) requireDraft(before);
      return checkCustomer(document);
    };
    return this.database.transaction(async (tx) => {
      await shareLock(tx, platformId);
      const recorded = await recordCustomer(tx, platformId, body, { identifier, check });
      await requireWhatCustomerNames(tx, recorded);
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
  async patch(
    platformId: string,
    idOrReference: string,
    patch: CustomerUpdateRequest,
    drafts: boolean,
  ): Promise<CustomerRow> {
    const { id } = await this.get(platformId, idOrReference);
    return this.database.transaction(async (tx) => {
      await shareLock(tx, platformId);
      const before = await lockResource(tx, customerTable, platformId, { id });
      if (!before) throw DomainError.notFound('CUSTOMER', idOrReference);
      if (drafts) requireDraft(before.document);
      refuseForgotten(before.document);
      const merged = checkCustomer(mergePatch(before.document, patch));
      const recorded = await changeResource(tx, customerTable, before, merged);
      await requireWhatCustomerNames(tx, recorded);
      await recordCustomerConsequences(tx, recorded);
      return recorded.row;
    });
  }

  /** @throws DomainError for a way that the status cannot go. */
  async setStatus(
    platformId: string,
    idOrReference: string,
    status: CustomerStatus,
    drafts = false,
  ): Promise<CustomerRow> {
    const { id, document } = await this.get(platformId, idOrReference);
    if (drafts) requireDraft(document);
    const { row } = await this.database.transaction((tx) =>
      setResourceStatus(tx, customerTable, platformId, id, status),
    );
    return row;
  }

  /** @returns the customer as he was. @throws DomainError INVALID_OPERATION while something refers to him. */
  async delete(platformId: string, idOrReference: string, drafts: boolean): Promise<CustomerRow> {
    const { id, document } = await this.get(platformId, idOrReference);
    if (drafts) requireDraft(document);
    return this.database.transaction((tx) => deleteCustomer(tx, platformId, id));
  }

  /** Erases everything personal, wherever it is kept. Cannot be undone. */
  async forget(platformId: string, idOrReference: string): Promise<CustomerRow> {
    const { id } = await this.get(platformId, idOrReference);
    return this.database.transaction((tx) => forgetCustomer(tx, platformId, id));
  }
}

function checkCustomer(document: JsonObject): JsonObject {
  return validate(customerCreateRequest, document);
}
