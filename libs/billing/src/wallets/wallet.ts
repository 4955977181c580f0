import { type Transaction } from '#database/database';
import { DomainError } from '#kernel/errors';
import { customerTable } from '../customers/customer.js';
import { type JsonObject, textOf } from '../resources/merge-patch.js';
import { createResource } from '../resources/record-resource.js';
import { lockResource, type ResourceTable, type RowOf } from '../resources/resource-table.js';
import { walletTypeTable } from './wallet-type.js';

export const walletTable = {
  table: 'wallet',
  resourceType: 'WALLET',
  idKind: 'wallet',
  columns: { status: 'status', walletTypeId: 'wallet_type_id', customerId: 'customer_id' },
  columnsOf: (document: JsonObject) => ({
    status: textOf(document, 'status') ?? 'ACTIVE',
    walletTypeId: textOf(document, 'wallet_type_id'),
    customerId: textOf(document, 'customer_id'),
  }),
} as const satisfies ResourceTable;

export type WalletRow = RowOf<typeof walletTable>;

/** @throws DomainError for an unknown customer or type, an archived type, and a reference that another wallet has. */
export async function createWallet(tx: Transaction, platformId: string, body: JsonObject): Promise<WalletRow> {
  // Both are held until the wallet is there: from then on the customer is not deleted, and the type's unit stays.
  const customerId = textOf(body, 'customer_id') ?? '';
  const customer = await lockResource(tx, customerTable, platformId, { id: customerId });
  if (!customer) throw DomainError.unknownReference('CUSTOMER', customerId, 'customer_id');
  const id = textOf(body, 'wallet_type_id') ?? '';
  const type = await lockResource(tx, walletTypeTable, platformId, { id });
  if (!type) throw DomainError.unknownReference('WALLET_TYPE', id, 'wallet_type_id');
  if (type.status === 'ARCHIVED') {
    throw DomainError.invalidOperation('The wallet type is ARCHIVED and gets no new wallets; choose another one.', {
      field: 'wallet_type_id',
    });
  }
  return createResource(tx, walletTable, platformId, body);
}
