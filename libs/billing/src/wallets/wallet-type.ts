import { isDeepStrictEqual } from 'node:util';
import { type Transaction } from '#database/database';
import { DomainError } from '#kernel/errors';
import { type JsonObject, textOf } from '../resources/merge-patch.js';
import { changeResource } from '../resources/record-resource.js';
import { type ResourceTable, type RowOf } from '../resources/resource-table.js';
import { unitOf } from './wallet-unit.js';

export const walletTypeTable = {
  table: 'wallet_type',
  resourceType: 'WALLET_TYPE',
  idKind: 'walletType',
  columns: { status: 'status', type: 'type' },
  columnsOf: (document: JsonObject) => ({
    status: textOf(document, 'status') ?? 'ACTIVE',
    type: textOf(document, 'type'),
  }),
} as const satisfies ResourceTable;

export type WalletTypeRow = RowOf<typeof walletTypeTable>;

/**
 * Writes a locked type as `document`. What its wallets hold stays what it is, once there are any.
 * @throws DomainError
 */
export async function changeWalletType(
  tx: Transaction,
  before: WalletTypeRow,
  document: JsonObject,
): Promise<WalletTypeRow> {
  if (!isDeepStrictEqual(unitOf(before.document), unitOf(document)) && (await hasWallets(tx, before))) {
    throw DomainError.invalidOperation(
      'There are wallets of this type: the currency or kind of credits that they hold stays. Create another type.',
      { field: document.type === 'CREDIT' ? 'credit' : 'balance' },
    );
  }
  return (await changeResource(tx, walletTypeTable, before, document)).row;
}

async function hasWallets(tx: Transaction, { platformId, id }: WalletTypeRow): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM wallet WHERE platform_id = ${platformId} AND wallet_type_id = ${id} LIMIT 1`;
  return rows.length > 0;
}
