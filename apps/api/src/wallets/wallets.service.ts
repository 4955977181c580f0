import { Injectable } from '@nestjs/common';
import { findByIdOrReference, resourcesByIds } from '#billing/resources/resource-table';
import { setResourceStatus } from '#billing/resources/set-resource-status';
import { balanceAt } from '#billing/wallets/wallet-balance';
import { createWallet, type WalletRow, walletTable } from '#billing/wallets/wallet';
import { readContent } from '#billing/wallets/wallet.repository';
import { type WalletUnit } from '#billing/wallets/wallet-unit';
import { Database } from '#database/database';
import { databaseTime } from '#database/database-time';
import { DomainError } from '#kernel/errors';
import { type WalletCreateRequest } from './wallet.wire.js';

export interface BalanceAtInstant {
  unit: WalletUnit | null;
  /** Decimal string in the unit. */
  balance: string;
  at: Date;
}

@Injectable()
export class WalletsService {
  constructor(private readonly database: Database) {}

  async create(platformId: string, body: WalletCreateRequest): Promise<WalletRow> {
    return this.database.transaction((tx) => createWallet(tx, platformId, body));
  }

  /** @throws DomainError RESOURCE_NOT_FOUND */
  async get(platformId: string, idOrReference: string): Promise<WalletRow> {
    const row = await findByIdOrReference(this.database.client, walletTable, platformId, idOrReference);
    if (!row) throw DomainError.notFound('WALLET', idOrReference);
    return row;
  }

  async byIds(platformId: string, ids: string[]): Promise<WalletRow[]> {
    return resourcesByIds(this.database.client, walletTable, platformId, ids);
  }

  async setStatus(platformId: string, idOrReference: string, status: string): Promise<WalletRow> {
    const { id } = await this.get(platformId, idOrReference);
    const { row } = await this.database.transaction((tx) => setResourceStatus(tx, walletTable, platformId, id, status));
    return row;
  }

  /** @param at now when absent. */
  async balance(platformId: string, idOrReference: string, at?: Date): Promise<BalanceAtInstant> {
    return this.database.transaction(async (tx) => {
      const row = await findByIdOrReference(tx, walletTable, platformId, idOrReference);
      if (!row) throw DomainError.notFound('WALLET', idOrReference);
      const { unit, entries } = await readContent(tx, row);
      const instant = at ?? (await databaseTime(tx));
      return { unit, balance: balanceAt(entries, instant).balance, at: instant };
    });
  }
}
