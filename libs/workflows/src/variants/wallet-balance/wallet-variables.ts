import { type WalletFact } from '#billing/mail-facts';
import { textOf } from '#billing/resources/merge-patch';
import { type WalletUnit } from '#billing/wallets/wallet-unit';
import { decimal, toQuantity } from '#kernel/amount';
import { type Formatter } from '#kernel/format';
import { toWireTime } from '#kernel/local-time';
import { stated } from '../printed-values.js';
import { type VariantVariables } from '../workflow-variant.js';
import { isLow } from './wallet-limit.js';

/** How a wallet stands against a workflow's threshold; quantities are decimal strings in the unit. */
export interface WalletStanding {
  wallet: WalletFact;
  unit: WalletUnit | null;
  balance: string;
  /** Null when the workflow does not watch this wallet, as in a manual trigger. */
  limit: string | null;
}

/** What a template may say about a wallet (e.44). Credits are numbers: the template has the word for them. */
export function walletVariables(standing: WalletStanding | null, format: Formatter, now: Date): VariantVariables {
  const wallet = standing?.wallet;
  return {
    wallet_id: stated(wallet?.id),
    wallet_reference: stated(wallet?.reference),
    wallet_name: wallet ? textOf(wallet.type, 'name') : null,
    ...quantityVariables(standing ?? { unit: null, balance: null, limit: null }, format),
    sent_at_raw: toWireTime(now),
  };
}

function quantityVariables(
  { unit, balance, limit }: Pick<WalletStanding, 'unit' | 'limit'> & { balance: string | null },
  format: Formatter,
): VariantVariables {
  return {
    wallet_currency: unit?.kind === 'amount' ? unit.currency : null,
    wallet_holds_credits: unit?.kind === 'credits',
    wallet_balance: printed(unit, balance, format),
    wallet_balance_raw: plain(unit, balance),
    wallet_threshold: printed(unit, limit, format),
    wallet_threshold_raw: plain(unit, limit),
    wallet_is_low: balance !== null && isLow(balance, limit),
    wallet_is_empty: balance !== null && decimal(balance).lessThanOrEqualTo(0),
  };
}

function printed(unit: WalletUnit | null, quantity: string | null, format: Formatter): string | null {
  if (quantity === null) return null;
  return unit?.kind === 'amount' ? format.money({ quantity, currency: unit.currency }) : format.number(quantity);
}

function plain(unit: WalletUnit | null, quantity: string | null): string | null {
  if (quantity === null || unit?.kind !== 'amount') return quantity;
  return toQuantity(decimal(quantity), unit.currency);
}
