import { z } from 'zod';
import { type WalletGrantRow } from '#billing/wallets/wallet-grant';
import { toWireTime } from '#kernel/local-time';
import { pageOf } from '../http/pages.js';
import { amount, credits, statedAmount, statedCredits } from '../wire/amounts.js';
import { id, instant, line, resourceHead } from '../wire/fields.js';

const definition = {
  customer_id: id.describe('The customer whose wallet it is.'),
  billing_entity_id: id.describe('Who grants it; mails about the wallet come in his name.'),
  wallet_id: id.describe('The wallet that it goes into.'),
  type: z.enum(['DEFAULT', 'PROMOTION']).optional(),
  description: line.nullish(),
  grant_amount: amount.optional().describe('For wallets that hold money. A negative quantity records what was used.'),
  grant_credits: credits.optional().describe('For wallets that hold credits. A negative quantity records use.'),
  paid_amount: amount.optional(),
  start_at: instant.nullish().describe('From when on it counts; default: from when it is recorded.'),
  expire_at: instant.nullish().describe('From when on what is left of it counts no more; null: it never ends.'),
};

/** The same, with amounts as requests state them. */
export const walletGrantCreateRequest = z
  .object({
    ...definition,
    grant_amount: statedAmount.optional(),
    grant_credits: statedCredits.optional(),
    paid_amount: statedAmount.optional(),
  })
  .meta({ id: 'WalletGrantCreateRequest' });
export type WalletGrantCreateRequest = z.output<typeof walletGrantCreateRequest>;

export const walletGrantResponse = z
  .object({ ...resourceHead, ...definition, created_at: z.string() })
  .meta({ id: 'WalletGrant' });
export const walletGrantPage = pageOf(walletGrantResponse, 'WalletGrantResponseWrapper');

export function toWire({ id: ownId, document, createdAt }: WalletGrantRow) {
  return { object_type: 'WALLET_GRANT', id: ownId, ...document, created_at: toWireTime(createdAt) };
}
