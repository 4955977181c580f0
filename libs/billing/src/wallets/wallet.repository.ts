import { type Transaction } from '#database/database';
import { type WalletState } from '../billing-state.js';
import { customerTable } from '../customers/customer.js';
import { findResource, lockResource, type Statements } from '../resources/resource-table.js';
import { balanceAt, nextChange, type WalletEntry } from './wallet-balance.js';
import { entryOf, type WalletGrantRow } from './wallet-grant.js';
import { walletTypeTable } from './wallet-type.js';
import { unitOf, type WalletUnit } from './wallet-unit.js';
import { type WalletRow, walletTable } from './wallet.js';

/** A wallet that this transaction has locked, and when the clock is to look at it. */
export interface HeldWallet {
  wallet: WalletRow;
  lookAt: Date | null;
}

export interface WalletKey {
  platformId: string;
  id: string;
}

/** What a wallet holds, and in what. */
export interface WalletContent {
  /** Null while its type is an incomplete draft. */
  unit: WalletUnit | null;
  entries: WalletEntry[];
}

export async function readContent(db: Statements, { platformId, id, walletTypeId }: WalletRow): Promise<WalletContent> {
  const type = await findResource(db, walletTypeTable, platformId, { id: walletTypeId ?? '' });
  const grants = await db.$queryRaw<Pick<WalletGrantRow, 'document' | 'createdAt'>[]>`
    SELECT document, created_at AS "createdAt" FROM wallet_grant
     WHERE platform_id = ${platformId} AND wallet_id = ${id} AND deleted_at IS NULL ORDER BY created_at, id`;
  return { unit: type && unitOf(type.document), entries: grants.map(entryOf) };
}

/** What workflows match on, at an instant. */
export async function walletStateFor(db: Statements, wallet: WalletRow): Promise<WalletStateAt> {
  const { platformId, id, reference, status, walletTypeId, customerId } = wallet;
  const customer = await findResource(db, customerTable, platformId, { id: customerId ?? '' });
  const owner = { customerId, customerReference: customer?.reference ?? null };
  return ({ unit, entries }, at, revision) => ({
    ...{ platformId, id, reference, status, walletTypeId, unit, revision },
    ...owner,
    ...balanceAt(entries, at),
  });
}

type WalletStateAt = (content: WalletContent, at: Date, revision: bigint) => WalletState;

/** Null when it is gone or another transaction holds it. */
export async function lockWalletIfFree(tx: Transaction, { platformId, id }: WalletKey): Promise<HeldWallet | null> {
  const [free] = await tx.$queryRaw<{ lookAt: Date | null }[]>`
    SELECT look_at AS "lookAt" FROM wallet WHERE platform_id = ${platformId} AND id = ${id} FOR NO KEY UPDATE SKIP LOCKED`;
  const wallet = free && (await findResource(tx, walletTable, platformId, { id }));
  return free && wallet ? { wallet, lookAt: free.lookAt } : null;
}

export async function lockWallet(tx: Transaction, { platformId, id }: WalletKey): Promise<HeldWallet | null> {
  const wallet = await lockResource(tx, walletTable, platformId, { id });
  if (!wallet) return null;
  const [row] = await tx.$queryRaw<{ lookAt: Date | null }[]>`
    SELECT look_at AS "lookAt" FROM wallet WHERE platform_id = ${platformId} AND id = ${id}`;
  return { wallet, lookAt: row?.lookAt ?? null };
}

/** The clock looks at the wallet again when time alone changes what it holds. */
export async function saveNextLook(
  tx: Transaction,
  { platformId, id }: WalletKey,
  entries: readonly WalletEntry[],
  now: Date,
): Promise<void> {
  await tx.$executeRaw`
    UPDATE wallet SET look_at = ${nextChange(entries, now)}::timestamptz WHERE platform_id = ${platformId} AND id = ${id}`;
}

/** Wallets whose instant has come, the longest waiting first. Locks nothing. */
export async function dueWallets(tx: Statements, limit: number): Promise<WalletKey[]> {
  return tx.$queryRaw<WalletKey[]>`
    SELECT platform_id AS "platformId", id FROM wallet WHERE look_at <= now() ORDER BY look_at LIMIT ${limit}`;
}
