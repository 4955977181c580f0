import { type WalletState } from '#billing/billing-state';
import { isOfUnit, type WalletValue } from '#billing/wallets/wallet-unit';
import { decimal } from '#kernel/amount';
import { type WalletBlock } from '../../domain/workflow-blocks.js';

export type WatchedWallet = Pick<WalletState, 'walletTypeId' | 'unit' | 'granted'>;

/**
 * Below what balance a wallet is low, as a decimal string in the wallet's unit: the amount or the credits of the threshold, or
 * its percentage of the valid grants (e.32).
 * @param config the workflow's block `wallet`.
 * @returns null for a wallet that the workflow does not watch: of another type, or of another unit than the threshold.
 */
export function walletLimit(config: unknown, { walletTypeId, unit, granted }: WatchedWallet): string | null {
  const { wallet_type_id: watched, threshold } = (config as WalletBlock | null)?.wallet_balance ?? {};
  if (!threshold || !unit || (watched != null && watched !== walletTypeId)) return null;
  if (threshold.percentage != null) return decimal(granted).times(threshold.percentage).dividedBy(100).toFixed();
  const value = { ...threshold, percentage: undefined } as WalletValue;
  return isOfUnit(value, unit) ? ((value.amount ?? value.credits)?.quantity ?? null) : null;
}

/** Whether the balance is below the limit; false for a wallet that is not watched. */
export function isLow(balance: string, limit: string | null): boolean {
  return limit !== null && decimal(balance).lessThan(limit);
}
