import { Injectable } from '@nestjs/common';
import {
  changeContact,
  type ContactRow,
  contactTable,
  createContact,
  deleteContact,
  recordContact,
} from '#billing/contacts/contact';
import { type JsonObject } from '#billing/resources/merge-patch';
import { type Identifier } from '#billing/resources/record-resource';
import { findResource, resourcesByIds } from '#billing/resources/resource-table';
import { Database } from '#database/database';
import { DomainError } from '#kernel/errors';
import { validate } from '../http/validation.js';
import {
  type ContactCreateRequest,
  contactCreateRequest,
  type ContactUpdateRequest,
  type ContactUpsertRequest,
} from './contact.wire.js';

@Injectable()
export class ContactsService {
  constructor(private readonly database: Database) {}

  async create(platformId: string, body: ContactCreateRequest): Promise<ContactRow> {
    return this.database.transaction((tx) => createContact(tx, platformId, body));
  }

  async upsert(platformId: string, body: ContactUpsertRequest, identifier: Identifier): Promise<ContactRow> {
    const { row } = await this.database.transaction((tx) =>
      recordContact(tx, platformId, body, { identifier, check: checkContact }),
    );
    return row;
  }

  /** @throws DomainError RESOURCE_NOT_FOUND */
  async get(platformId: string, id: string): Promise<ContactRow> {
    const row = await findResource(this.database.client, contactTable, platformId, { id });
    if (!row) throw DomainError.notFound('CONTACT', id);
    return row;
  }

  async byIds(platformId: string, ids: string[]): Promise<ContactRow[]> {
    return resourcesByIds(this.database.client, contactTable, platformId, ids);
  }

  async patch(platformId: string, id: string, patch: ContactUpdateRequest): Promise<ContactRow> {
    return this.database.transaction((tx) => changeContact(tx, platformId, id, patch, checkContact));
  }

  async delete(platformId: string, id: string): Promise<ContactRow> {
    return this.database.transaction((tx) => deleteContact(tx, platformId, id));
  }
}

function checkContact(document: JsonObject): JsonObject {
  return validate(contactCreateRequest, document);
}
