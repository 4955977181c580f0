import { type Chapter, EXAMPLE_IDS, resource } from '../documentation/chapter.js';

const wallet = {
  reference: 'harbour-coffee-prepaid',
  status: 'ACTIVE',
  wallet_type_id: EXAMPLE_IDS.walletType,
  customer_id: EXAMPLE_IDS.customer,
};
const eur = (quantity: string) => ({ amount: { quantity, currency: 'EUR' } });

export const walletDocs: Chapter = {
  tag: 'wallets',
  about: 'What customers hold in advance. A balance that falls below a threshold starts WALLET_BALANCE workflows.',
  noun: 'wallet',
  example: resource('WALLET', EXAMPLE_IDS.wallet, wallet),
  operations: {
    'GET /v1/wallets': { summary: 'List wallets', text: 'Pages of wallets, newest first unless ordered otherwise.' },
    'POST /v1/wallets': {
      summary: 'Create a wallet',
      text: 'For one customer, of one wallet type. It begins empty.',
      body: wallet,
    },
    'GET /v1/wallets/{resourceIdOrReference}': {
      summary: 'Read a wallet',
      text: 'One wallet; ask for its balance apart.',
    },
    'POST /v1/wallets/{resourceIdOrReference}/balance': {
      summary: 'Read the balance of a wallet',
      text: 'The grants that are valid at that instant, less what was used.',
      body: { balance_at: '2036-01-01T00:00:00Z' },
      answer: {
        balance: eur('250.00'),
        reserved_balance: eur('0.00'),
        open_balance: eur('250.00'),
        balance_at: '2036-01-01T00:00:00Z',
      },
      differs: '`reserved_balance` is zero: nothing reserves here.',
    },
    'POST /v1/wallets/{resourceIdOrReference}/activate': {
      summary: 'Activate a wallet',
      text: 'Sets ACTIVE: its balance is watched.',
    },
    'POST /v1/wallets/{resourceIdOrReference}/deactivate': {
      summary: 'Deactivate a wallet',
      text: 'Sets INACTIVE: its balance is not watched.',
    },
    'POST /v1/wallets/{resourceIdOrReference}/deprecate': {
      summary: 'Deprecate a wallet',
      text: 'Sets DEPRECATED: its balance is not watched.',
    },
    'POST /v1/wallets/{resourceIdOrReference}/archive': {
      summary: 'Archive a wallet',
      text: 'Sets ARCHIVED, for good.',
    },
  },
};
