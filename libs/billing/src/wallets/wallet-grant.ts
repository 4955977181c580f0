import { type Transaction } from '#database/database';
import { decimal } from '#kernel/amount';
import { DomainError } from '#kernel/errors';
import { billingEntityTable } from '../billing-entities/billing-entity.js';
import { type JsonObject, textOf } from '../resources/merge-patch.js';
import { createResource } from '../resources/record-resource.js';
import { requireResource } from '../resources/require-resource.js';
import { type ResourceTable, type RowOf, touchResource } from '../resources/resource-table.js';
import { type WalletEntry } from './wallet-balance.js';
import { isOfUnit, unitInWords, type WalletUnit, type WalletValue } from './wallet-unit.js';
import { type WalletRow, walletTable } from './wallet.js';

export const walletGrantTable = {
  table: 'wallet_grant',
  resourceType: 'WALLET_GRANT',
  idKind: 'walletGrant',
  columns: { walletId: 'wallet_id', customerId: 'customer_id' },
  columnsOf: (document: JsonObject) => ({
    walletId: textOf(document, 'wallet_id'),
    customerId: textOf(document, 'customer_id'),
  }),
} as const satisfies ResourceTable;

export type WalletGrantRow = RowOf<typeof walletGrantTable>;

/** A grant as the entry of its wallet. One that states no beginning counts from when it was recorded. */
export function entryOf({ document, createdAt }: { document: JsonObject; createdAt: Date }): WalletEntry {
  const { amount, credits } = valueOf(document);
  const from = textOf(document, 'start_at');
  const until = textOf(document, 'expire_at');
  return {
    quantity: (amount ?? credits)?.quantity ?? '0',
    from: from === null ? createdAt : new Date(from),
    until: until === null ? null : new Date(until),
  };
}

/**
 * Adds a grant to a locked wallet and raises the wallet's revision.
 * @throws DomainError naming the field that does not fit the wallet.
 */
export async function insertGrant(
  tx: Transaction,
  wallet: WalletRow,
  unit: WalletUnit | null,
  document: JsonObject,
): Promise<WalletGrantRow> {
  const { platformId } = wallet;
  checkOwner(wallet, document);
  checkValue(unit, document);
  checkValidity(document);
  await requireResource(tx, billingEntityTable, platformId, textOf(document, 'billing_entity_id'), 'billing_entity_id');
  const grant = await createResource(tx, walletGrantTable, platformId, document);
  await touchResource(tx, walletTable, wallet);
  return grant;
}

function checkOwner({ status, customerId }: WalletRow, document: JsonObject): void {
  if (document.customer_id !== customerId) {
    throw DomainError.invalidField('customer_id', `The wallet belongs to the customer ${customerId ?? 'nobody'}.`);
  }
  if (status !== 'ARCHIVED') return;
  throw DomainError.invalidOperation('The wallet is ARCHIVED and takes no grants any more.', { field: 'wallet_id' });
}

function checkValue(unit: WalletUnit | null, document: JsonObject): void {
  if (!unit) {
    throw DomainError.invalidOperation('The type of this wallet does not say yet what its wallets hold; complete it.', {
      field: 'wallet_id',
    });
  }
  const field = unit.kind === 'amount' ? 'grant_amount' : 'grant_credits';
  const value = valueOf(document);
  if (value.amount === undefined && value.credits === undefined) throw DomainError.missingField(field);
  if (!isOfUnit(value, unit)) {
    const stated = value.amount === undefined ? 'grant_credits' : 'grant_amount';
    throw DomainError.invalidField(stated, `The wallet holds ${unitInWords(unit)}; state the grant so, in ${field}.`);
  }
  if (decimal((value.amount ?? value.credits)?.quantity ?? 0).isZero()) {
    throw DomainError.invalidField(`${field}.quantity`, `${field}.quantity must not be zero.`);
  }
}

function checkValidity(document: JsonObject): void {
  const from = textOf(document, 'start_at');
  const until = textOf(document, 'expire_at');
  if (until === null) return;
  const quantity = (valueOf(document).amount ?? valueOf(document).credits)?.quantity ?? '0';
  if (decimal(quantity).isNegative()) {
    throw DomainError.invalidField('expire_at', 'What was used does not expire; leave expire_at out.');
  }
  if (from === null || new Date(until) > new Date(from)) return;
  throw DomainError.invalidField('expire_at', 'expire_at must be later than start_at.');
}

function valueOf(document: JsonObject): WalletValue {
  const { grant_amount: amount, grant_credits: credits } = document as {
    grant_amount?: WalletValue['amount'];
    grant_credits?: WalletValue['credits'];
  };
  return { ...(amount ? { amount } : {}), ...(credits ? { credits } : {}) };
}
