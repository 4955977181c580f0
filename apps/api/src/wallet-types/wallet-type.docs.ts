import { type Chapter, EXAMPLE_IDS, resource } from '../documentation/chapter.js';

const walletType = {
  name: 'Prepaid euros',
  reference: 'prepaid-eur',
  status: 'ACTIVE',
  type: 'BALANCE',
  balance: { default_currency: 'EUR' },
};

export const walletTypeDocs: Chapter = {
  tag: 'walletTypes',
  about: 'What wallets hold: money of a currency, or credits of a kind.',
  noun: 'wallet type',
  example: resource('WALLET_TYPE', EXAMPLE_IDS.walletType, walletType),
  operations: {
    'GET /v1/wallet-types': {
      summary: 'List wallet types',
      text: 'Pages of wallet types, newest first unless ordered otherwise.',
    },
    'POST /v1/wallet-types': {
      summary: 'Create a wallet type',
      text: 'State the block of its type, and in it what the wallets hold; a DRAFT may lack it.',
      body: walletType,
    },
    'GET /v1/wallet-types/{resourceIdOrReference}': { summary: 'Read a wallet type', text: 'One wallet type.' },
    'PATCH /v1/wallet-types/{resourceIdOrReference}': {
      summary: 'Change a wallet type',
      text: 'What the body leaves out stays. What the wallets hold does not change once there are any.',
      body: { name: 'Prepaid balance in euros' },
    },
    'POST /v1/wallet-types/{resourceIdOrReference}/activate': {
      summary: 'Activate a wallet type',
      text: 'Sets ACTIVE.',
    },
    'POST /v1/wallet-types/{resourceIdOrReference}/deactivate': {
      summary: 'Deactivate a wallet type',
      text: 'Sets INACTIVE.',
    },
    'POST /v1/wallet-types/{resourceIdOrReference}/deprecate': {
      summary: 'Deprecate a wallet type',
      text: 'Sets DEPRECATED: its wallets go on, new ones are not meant to be made.',
    },
    'POST /v1/wallet-types/{resourceIdOrReference}/archive': {
      summary: 'Archive a wallet type',
      text: 'Sets ARCHIVED, for good.',
    },
  },
};
