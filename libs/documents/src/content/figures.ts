import { type Amount, currencyDigits, decimal, isQuantity } from '#kernel/amount';
import { type Formatter, formatter } from '#kernel/format';
import { cleanText } from '../text/clean-text.js';
import { numberFormat } from './number-formats.js';
import { type Printed } from './printed.js';

/* U+20C1 (Saudi riyal) is newer than every font: the code says the same. */
const RIYAL = /\u20c1/g;

type MaybeAmount = Partial<Amount> | null | undefined;

/** Writes amounts, numbers and dates as the customer's language has them, with every digit that is stated. */
export class Figures {
  private readonly format: Formatter;
  /** Minor-unit digits of the document's currency. */
  private readonly digits: number;

  /** @param currency the document's: amounts in it may stand without a sign where the table's head names it. */
  constructor(
    readonly locale: string,
    zone: string,
    readonly currency: string | null,
  ) {
    this.format = formatter(locale, zone);
    this.digits = currency === null ? 0 : currencyDigits(currency);
  }

  /** `€ 6.745,75`; null when no amount is stated. */
  money(amount: MaybeAmount, field: string): Printed | null {
    const stated = statedAmount(amount);
    if (!stated) return null;
    if (!isQuantity(stated.quantity)) return { text: cleanText(`${stated.quantity} ${stated.currency}`), field };
    const text = stated.currency === '' ? this.fixed(stated.quantity, 0) : this.format.money(stated);
    return { text: text.replace(RIYAL, stated.currency), field };
  }

  /** `6.745,75` in the document's currency, with sign or code in any other. */
  plainMoney(amount: MaybeAmount, field: string): Printed | null {
    const stated = statedAmount(amount);
    const plain = stated !== null && stated.currency === this.currency && isQuantity(stated.quantity);
    if (!plain) return this.money(amount, field);
    return { text: this.fixed(stated.quantity, this.digits), field };
  }

  /** `21 %`; trailing zeros go, other digits stay. */
  percent(percentage: unknown, field: string): Printed | null {
    const text = plainText(percentage);
    if (text === '') return null;
    if (!isQuantity(text)) return { text: cleanText(text), field };
    const value = decimal(text);
    const digits = value.decimalPlaces();
    const format = numberFormat(this.locale, { style: 'percent', minimumFractionDigits: digits });
    return { text: format.format(value.div(100).toFixed() as Intl.StringNumericLiteral), field };
  }

  number(quantity: unknown, field: string): Printed | null {
    const text = plainText(quantity);
    if (text === '') return null;
    return { text: isQuantity(text) ? this.format.number(text) : cleanText(text), field };
  }

  date(instant: string | null | undefined, field: string): Printed | null {
    const text = plainText(instant);
    if (text === '') return null;
    return { text: Number.isNaN(Date.parse(text)) ? cleanText(text) : this.format.date(text), field };
  }

  /** `1 feb 2026`, where room is scarce. */
  shortDate(instant: string | null | undefined, field: string): Printed | null {
    const text = plainText(instant);
    return text === '' || Number.isNaN(Date.parse(text)) ? null : { text: this.format.shortDate(text), field };
  }

  /** From – to; one date when they are the same day or only one is stated. */
  dates(from: string | null | undefined, to: string | null | undefined, field: string): Printed | null {
    const texts = [from, to].map((instant) => this.date(instant, field)?.text).filter((text) => text !== undefined);
    const [first, second] = texts;
    if (first === undefined) return null;
    return { text: second === undefined || second === first ? first : `${first} – ${second}`, field };
  }

  private fixed(quantity: string, atLeast: number): string {
    const digits = Math.max(atLeast, decimal(quantity).decimalPlaces());
    const format = numberFormat(this.locale, { minimumFractionDigits: digits, maximumFractionDigits: digits });
    return format.format(quantity as Intl.StringNumericLiteral);
  }
}

/** The amount with its parts as text; null unless a quantity is stated. */
export function statedAmount(amount: MaybeAmount): Amount | null {
  const quantity = plainText(amount?.quantity);
  return quantity === '' ? null : { quantity, currency: plainText(amount?.currency) };
}

function plainText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}
