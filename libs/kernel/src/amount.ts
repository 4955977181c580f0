import { Decimal } from 'decimal.js';

/** Money as the contract writes it: a decimal string in major units (`"6745.75"`) and an ISO 4217 code. */
export interface Amount {
  quantity: string;
  currency: string;
}

const QUANTITY = /^[+-]?\d{1,20}(\.\d{1,10})?$/;

/** Whether a text is a quantity that we accept: up to 20 digits before and 10 after the point (e.68). */
export function isQuantity(text: string): boolean {
  return QUANTITY.test(text);
}

/** Exact decimal arithmetic on quantities; 40 digits, so that nothing a caller may state is rounded. */
const Exact = Decimal.clone({ precision: 40, toExpNeg: -30, toExpPos: 40 });

export function decimal(quantity: string | number): Decimal {
  return new Exact(quantity);
}

const digitsByCurrency = new Map<string, number>();

/** Minor-unit digits of a currency: EUR 2, JPY 0, OMR 3. Unknown codes count as 2. */
export function currencyDigits(currency: string): number {
  let digits = digitsByCurrency.get(currency);
  if (digits === undefined) {
    digits = knownDigits(currency);
    if (/^[A-Z]{3}$/.test(currency)) digitsByCurrency.set(currency, digits);
  }
  return digits;
}

/** Codes come from callers: only what has the shape of one is asked of `Intl` and remembered. */
function knownDigits(currency: string): number {
  if (!/^[A-Z]{3}$/.test(currency)) return 2;
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

/** The quantity written with at least the currency's digits and without losing any of its own: `75` EUR → `75.00`. */
export function toQuantity(value: Decimal, currency: string): string {
  return value.toFixed(Math.max(currencyDigits(currency), value.decimalPlaces()));
}

export function amount(value: Decimal, currency: string): Amount {
  return { quantity: toQuantity(value, currency), currency };
}
