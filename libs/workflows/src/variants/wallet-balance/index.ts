import { type WalletState } from '#billing/billing-state';
import { type WalletFact } from '#billing/mail-facts';
import { balanceAt } from '#billing/wallets/wallet-balance';
import { entryOf } from '#billing/wallets/wallet-grant';
import { unitOf } from '#billing/wallets/wallet-unit';
import { MAX_LATE_MS } from '../../domain/next-step.js';
import { type WorkflowVariant } from '../workflow-variant.js';
import { isLow, walletLimit } from './wallet-limit.js';
import { walletVariables } from './wallet-variables.js';

/**
 * WALLET / WALLET_BALANCE: each time the balance of an ACTIVE wallet falls from the threshold or above to below it, be it by use
 * or because a grant ends; at the threshold or above it is armed again (e.32).
 */
export const walletBalance: WorkflowVariant = {
  type: 'WALLET',
  variant: 'WALLET_BALANCE',
  maxLateMs: MAX_LATE_MS,
  startsOn(change, config) {
    if (change.type !== 'WALLET' || !change.before) return null;
    const { before, after, at } = change;
    return isEnough(config, before) && isTooLittle(config, after) ? at : null;
  },
  guard({ wallet }, { config, now }) {
    if (!wallet) return { reason: 'WALLET_GONE', message: 'The wallet does not exist any more.' };
    if (wallet.status !== 'ACTIVE') {
      return { reason: 'WALLET_NOT_ACTIVE', message: `The wallet is ${wallet.status}; only ACTIVE ones are watched.` };
    }
    const { limit, balance } = standingOf(wallet, config, now);
    if (limit === null) {
      return { reason: 'WALLET_NOT_WATCHED', message: 'The workflow does not watch wallets of this type any more.' };
    }
    return isLow(balance, limit)
      ? null
      : { reason: 'WALLET_BALANCE_RESTORED', message: 'The balance is not below the threshold any more.' };
  },
  manualProblem: () => null,
  variables: (facts, format, now, config) =>
    walletVariables(facts.wallet && standingOf(facts.wallet, config, now), format, now),
};

function isEnough(config: unknown, wallet: WalletState): boolean {
  const limit = walletLimit(config, wallet);
  return wallet.status === 'ACTIVE' && limit !== null && !isLow(wallet.balance, limit);
}

function isTooLittle(config: unknown, wallet: WalletState): boolean {
  return wallet.status === 'ACTIVE' && isLow(wallet.balance, walletLimit(config, wallet));
}

function standingOf(wallet: WalletFact, config: unknown, now: Date) {
  const unit = unitOf(wallet.type);
  const { balance, granted } = balanceAt(wallet.grants.map(entryOf), now);
  return { wallet, unit, balance, limit: walletLimit(config, { ...wallet, unit, granted }) };
}
