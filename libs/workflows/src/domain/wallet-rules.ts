import { decimal, isQuantity } from '#kernel/amount';
import { DomainError } from '#kernel/errors';
import { type WalletBlock } from './workflow-blocks.js';

type Threshold = NonNullable<NonNullable<WalletBlock['wallet_balance']>['threshold']>;

const KINDS = ['percentage', 'amount', 'credits'] as const;
const FIELD = 'wallet.wallet_balance';

/**
 * A wallet workflow compares by LESS_THAN with exactly one kind of threshold (e.17). A draft may lack either.
 * @throws DomainError
 */
export function checkWallet({ wallet_balance: balance }: WalletBlock, complete: boolean): void {
  if (complete && balance === undefined) throw DomainError.missingField(FIELD);
  checkComparator(balance?.comparator, complete);
  const threshold = balance?.threshold ?? {};
  checkKind(threshold, complete);
  checkQuantities(threshold, complete);
}

function checkComparator(comparator: string | undefined, complete: boolean): void {
  const field = `${FIELD}.comparator`;
  if (comparator === undefined && complete) throw DomainError.missingField(field);
  if (comparator === undefined || comparator === 'LESS_THAN') return;
  throw DomainError.invalidField(field, `${field} must be LESS_THAN.`);
}

function checkKind(threshold: Threshold, complete: boolean): void {
  const kinds = KINDS.filter((kind) => threshold[kind] != null);
  const field = `${FIELD}.threshold`;
  if (kinds.length > 1) {
    throw DomainError.invalidField(
      field,
      `${field} takes one of percentage, amount and credits, not ${kinds.join(' and ')}.`,
    );
  }
  if (complete && kinds.length === 0) {
    throw DomainError.missingField(field, `${field} needs one of percentage, amount and credits.`);
  }
}

function checkQuantities({ percentage, amount, credits }: Threshold, complete: boolean): void {
  if (percentage != null) checkQuantity('percentage', percentage, complete);
  if (amount) checkQuantity('amount.quantity', amount.quantity, complete);
  if (amount) checkCurrency(amount.currency, complete);
  if (credits) checkQuantity('credits.quantity', credits.quantity, complete);
}

function checkQuantity(name: string, quantity: string | undefined, complete: boolean): void {
  const field = `${FIELD}.threshold.${name}`;
  if (quantity === undefined && complete) throw DomainError.missingField(field);
  if (quantity === undefined || (isQuantity(quantity) && decimal(quantity).greaterThan(0))) return;
  throw DomainError.invalidField(field, `${field} must be a decimal number above 0, written as text: "25".`);
}

function checkCurrency(currency: string | undefined, complete: boolean): void {
  const field = `${FIELD}.threshold.amount.currency`;
  if (currency === undefined && complete) throw DomainError.missingField(field);
  if (currency === undefined || /^[A-Z]{3}$/.test(currency)) return;
  throw DomainError.invalidField(field, `${field} must be a currency code such as EUR.`);
}
