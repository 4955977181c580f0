import { Injectable } from '@nestjs/common';
import { findResource, resourcesByIds } from '#billing/resources/resource-table';
import { type WalletGrantRow, walletGrantTable } from '#billing/wallets/wallet-grant';
import { Database } from '#database/database';
import { WakeSender } from '#database/wake';
import { DomainError } from '#kernel/errors';
import { recordWalletGrant } from '#workflows/record-wallet';
import { type WalletGrantCreateRequest } from './wallet-grant.wire.js';

@Injectable()
export class WalletGrantsService {
  constructor(
    private readonly database: Database,
    private readonly wake: WakeSender,
  ) {}

  /** @param starts false: starts no workflow, for imports (e.34). */
  async create(
    platformId: string,
    body: WalletGrantCreateRequest,
    { starts }: { starts: boolean },
  ): Promise<WalletGrantRow> {
    const grant = await this.database.transaction((tx) => recordWalletGrant(tx, platformId, body, { starts }));
    this.wake.wake();
    return grant;
  }

  /** @throws DomainError RESOURCE_NOT_FOUND */
  async get(platformId: string, id: string): Promise<WalletGrantRow> {
    const row = await findResource(this.database.client, walletGrantTable, platformId, { id });
    if (!row) throw DomainError.notFound('WALLET_GRANT', id);
    return row;
  }

  async byIds(platformId: string, ids: string[]): Promise<WalletGrantRow[]> {
    return resourcesByIds(this.database.client, walletGrantTable, platformId, ids);
  }
}
