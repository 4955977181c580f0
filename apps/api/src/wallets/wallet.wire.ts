import { z } from 'zod';
import { type WalletRow } from '#billing/wallets/wallet';
import { valueIn, type WalletUnit } from '#billing/wallets/wallet-unit';
import { toWireTime } from '#kernel/local-time';
import { decimal, toQuantity } from '#kernel/amount';
import { pageOf } from '../http/pages.js';
import { WALLET_STATUSES } from '../wallet-types/wallet-type.wire.js';
import { amount, credits } from '../wire/amounts.js';
import { id, instant, reference, resourceHead, resourceTimes } from '../wire/fields.js';

const definition = {
  reference,
  status: z.enum(WALLET_STATUSES).nullish().describe('Default: ACTIVE. Only ACTIVE wallets start workflows.'),
  wallet_type_id: id.describe('What the wallet holds.'),
  customer_id: id.describe('Whose wallet it is.'),
};

export const walletCreateRequest = z.object(definition).meta({ id: 'WalletCreateRequest' });
export type WalletCreateRequest = z.output<typeof walletCreateRequest>;

export const walletResponse = z.object({ ...resourceHead, ...definition, ...resourceTimes }).meta({ id: 'Wallet' });
export const walletPage = pageOf(walletResponse, 'WalletResponseWrapper');

export const balanceRequest = z
  .object({ balance_at: instant.optional().describe('The instant of the balance; default: now.') })
  .meta({ id: 'WalletBalanceStatusRequestCreateRequest' });
export type BalanceRequest = z.output<typeof balanceRequest>;

const balanceValue = z
  .object({ credits: credits.nullish(), amount: amount.nullish() })
  .meta({ id: 'WalletBalanceValue' });

export const balanceResponse = z
  .object({
    balance: balanceValue.nullish().describe('The grants valid then, less what was used.'),
    reserved_balance: balanceValue.nullish().describe('What is set aside; nothing reserves yet, so it is zero.'),
    open_balance: balanceValue.nullish().describe('What can be used: balance less reserved_balance.'),
    balance_at: z.string().nullish(),
  })
  .meta({ id: 'WalletBalanceStatus' });

export function toWire({ id: ownId, status, document, createdAt, updatedAt }: WalletRow) {
  return {
    object_type: 'WALLET',
    id: ownId,
    ...document,
    status,
    created_at: toWireTime(createdAt),
    updated_at: toWireTime(updatedAt),
  };
}

/** @param unit null while the wallet's type does not say what it holds: there is no balance then. */
export function balanceToWire({ unit, balance, at }: { unit: WalletUnit | null; balance: string; at: Date }) {
  const value = (quantity: string) => unit && valueIn(unit, printed(unit, quantity));
  return {
    balance: value(balance) ?? undefined,
    reserved_balance: value('0') ?? undefined,
    open_balance: value(balance) ?? undefined,
    balance_at: toWireTime(at),
  };
}

function printed(unit: WalletUnit, quantity: string): string {
  return unit.kind === 'amount' ? toQuantity(decimal(quantity), unit.currency) : quantity;
}
