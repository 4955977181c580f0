import { type Amount } from '#kernel/amount';
import { isJsonObject, type JsonObject, textOf } from '../resources/merge-patch.js';

/** Credits as the contract writes them: a decimal string and the kind of credit. */
export interface Credits {
  quantity: string;
  credit_type_id: string;
}

/** What a wallet holds: money of one currency, or credits of one kind. Its type says which. */
export type WalletUnit = { kind: 'amount'; currency: string } | { kind: 'credits'; creditTypeId: string };

/** A quantity with its unit, as on the wire. */
export interface WalletValue {
  amount?: Amount;
  credits?: Credits;
}

/** The unit of the wallets of a type; null while a draft does not say. */
export function unitOf(walletType: JsonObject): WalletUnit | null {
  const credit = partOf(walletType, 'credit');
  if (walletType.type !== 'CREDIT') return money(textOf(partOf(walletType, 'balance'), 'default_currency'));
  if (credit.grant_type === 'AMOUNT') return money(textOf(partOf(credit, 'amount_grant'), 'default_currency'));
  const creditTypeId = textOf(partOf(credit, 'credits_grant'), 'credit_type_id');
  return creditTypeId === null ? null : { kind: 'credits', creditTypeId };
}

/** Whether a stated amount or kind of credits is what such a wallet holds. */
export function isOfUnit({ amount, credits }: WalletValue, unit: WalletUnit): boolean {
  return unit.kind === 'amount'
    ? amount?.currency === unit.currency && credits === undefined
    : credits?.credit_type_id === unit.creditTypeId && amount === undefined;
}

/** @param quantity a decimal string in the unit. */
export function valueIn(unit: WalletUnit, quantity: string): WalletValue {
  return unit.kind === 'amount'
    ? { amount: { quantity, currency: unit.currency } }
    : { credits: { quantity, credit_type_id: unit.creditTypeId } };
}

/** `EUR`, or `credits of the type crty_…`: for sentences. */
export function unitInWords(unit: WalletUnit): string {
  return unit.kind === 'amount' ? unit.currency : `credits of the type ${unit.creditTypeId}`;
}

function money(currency: string | null): WalletUnit | null {
  return currency === null ? null : { kind: 'amount', currency };
}

function partOf(document: JsonObject, name: string): JsonObject {
  const part = document[name];
  return isJsonObject(part) ? part : {};
}
