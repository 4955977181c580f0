import { Injectable } from '@nestjs/common';
import { type JsonObject, mergePatch } from '#billing/resources/merge-patch';
import { createResource } from '#billing/resources/record-resource';
import { findByIdOrReference, lockResource, resourcesByIds } from '#billing/resources/resource-table';
import { changeWalletType, type WalletTypeRow, walletTypeTable } from '#billing/wallets/wallet-type';
import { Database } from '#database/database';
import { DomainError } from '#kernel/errors';
import { validate } from '../http/validation.js';
import {
  type WalletTypeCreateRequest,
  walletTypeCreateRequest,
  type WalletTypeUpdateRequest,
} from './wallet-type.wire.js';

@Injectable()
export class WalletTypesService {
  constructor(private readonly database: Database) {}

  async create(platformId: string, body: WalletTypeCreateRequest): Promise<WalletTypeRow> {
    return this.database.transaction((tx) => createResource(tx, walletTypeTable, platformId, body));
  }

  /** @throws DomainError RESOURCE_NOT_FOUND */
  async get(platformId: string, idOrReference: string): Promise<WalletTypeRow> {
    const row = await findByIdOrReference(this.database.client, walletTypeTable, platformId, idOrReference);
    if (!row) throw DomainError.notFound('WALLET_TYPE', idOrReference);
    return row;
  }

  async byIds(platformId: string, ids: string[]): Promise<WalletTypeRow[]> {
    return resourcesByIds(this.database.client, walletTypeTable, platformId, ids);
  }

  async patch(platformId: string, idOrReference: string, patch: WalletTypeUpdateRequest): Promise<WalletTypeRow> {
    return this.revise(platformId, idOrReference, (document) =>
      validate(walletTypeCreateRequest, withoutOtherKind(mergePatch(document, patch), patch)),
    );
  }

  /** The status that it has already is no change, also where that is final (e.69). */
  async setStatus(platformId: string, idOrReference: string, status: string): Promise<WalletTypeRow> {
    return this.revise(platformId, idOrReference, (document, current) =>
      current === status ? document : validate(walletTypeCreateRequest, { ...document, status }),
    );
  }

  private async revise(
    platformId: string,
    idOrReference: string,
    revise: (document: JsonObject, status: string) => JsonObject,
  ): Promise<WalletTypeRow> {
    const { id } = await this.get(platformId, idOrReference);
    return this.database.transaction(async (tx) => {
      const before = await lockResource(tx, walletTypeTable, platformId, { id });
      if (!before) throw DomainError.notFound('WALLET_TYPE', idOrReference);
      return changeWalletType(tx, before, revise(before.document, before.status));
    });
  }
}

/** A changed type without the block of the kind that it was before; what the change itself states stays, to be refused. */
function withoutOtherKind(merged: JsonObject, patch: WalletTypeUpdateRequest): JsonObject {
  const other = merged.type === 'CREDIT' ? 'balance' : 'credit';
  return patch[other] === undefined ? { ...merged, [other]: undefined } : merged;
}
