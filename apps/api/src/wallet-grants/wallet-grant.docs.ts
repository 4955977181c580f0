import { type Chapter, EXAMPLE_IDS, type Json } from '../documentation/chapter.js';

const grant = {
  customer_id: EXAMPLE_IDS.customer,
  billing_entity_id: EXAMPLE_IDS.billingEntity,
  wallet_id: EXAMPLE_IDS.wallet,
  type: 'DEFAULT',
  description: 'Top-up of February',
  grant_amount: { quantity: '250.00', currency: 'EUR' },
};
const example: Json = {
  object_type: 'WALLET_GRANT',
  id: EXAMPLE_IDS.walletGrant,
  ...grant,
  created_at: '2026-02-01T09:30:00Z',
};

export const walletGrantDocs: Chapter = {
  tag: 'walletGrants',
  about: 'What goes into wallets, and with a negative quantity what was used of it.',
  noun: 'wallet grant',
  example,
  operations: {
    'GET /v1/wallet-grants': {
      summary: 'List wallet grants',
      text: 'Pages of grants, newest first unless ordered otherwise.',
    },
    'POST /v1/wallet-grants': {
      summary: 'Grant to a wallet, or record what was used',
      text: 'State `grant_amount` or `grant_credits`, as the wallet type says. The balance may cross a threshold by it, which starts workflows.',
      body: grant,
      differs: 'A negative quantity records use: usage is metered elsewhere, and has no operation of its own.',
    },
    'GET /v1/wallet-grants/{resourceId}': { summary: 'Read a wallet grant', text: 'One grant. Grants never change.' },
  },
};
