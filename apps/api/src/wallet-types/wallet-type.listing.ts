import { defineListing } from '../http/listing.js';
import { WALLET_STATUSES, WALLET_TYPES } from './wallet-type.wire.js';

export const walletTypeListing = defineListing({
  table: 'wallet_type',
  anyOf: { 'statuses[]': 'status' },
  fields: {
    id: { sql: 'id', kind: 'text', filter: true },
    reference: { sql: 'reference', kind: 'text', nullable: true, filter: true, order: true },
    name: { sql: `document->>'name'`, kind: 'text', nullable: true, order: true },
    status: { sql: 'status', kind: 'text', order: true, values: WALLET_STATUSES },
    type: { sql: 'type', kind: 'text', nullable: true, filter: true, values: WALLET_TYPES },
    created_at: { sql: 'created_at', kind: 'time', filter: true, order: true },
    updated_at: { sql: 'updated_at', kind: 'time', filter: true, order: true },
  },
});
