import { type Amount, currencyDigits, decimal } from './amount.js';

/** Writes money, dates and numbers for one reader. Everything goes through `Intl`. */
export interface Formatter {
  readonly locale: string;
  readonly zone: string;
  /** `€ 6.745,75`: the currency's digits, more when the amount states more. */
  money(amount: Amount): string;
  /** A date in words, `1 februari 2026`. An instant at exactly 00:00:00Z is a plain date and keeps its UTC day (e.82). */
  date(instant: Date | string): string;
  /** `1 feb 2026` */
  shortDate(instant: Date | string): string;
  number(quantity: string): string;
  /** The plural category of a count (`one`, `few`, `other`, …). */
  plural(count: number): Intl.LDMLPluralRule;
}

/** @param locale a BCP 47 tag; an unusable one falls back to `en`. @param zone an IANA zone. */
export function formatter(locale: string, zone: string): Formatter {
  const key = `${locale} ${zone}`;
  const known = cache.get(key);
  if (known) return known;
  if (cache.size >= 500) cache.clear();
  const made = makeFormatter(usableLocale(locale), zone);
  cache.set(key, made);
  return made;
}

const cache = new Map<string, Formatter>();

function makeFormatter(locale: string, zone: string): Formatter {
  const moneyFormats = new Map<string, Intl.NumberFormat>();
  const dates = { long: dateFormats(locale, zone, 'long'), short: dateFormats(locale, zone, 'short') };
  const numbers = new Intl.NumberFormat(locale, { maximumFractionDigits: 10 });
  const plurals = new Intl.PluralRules(locale);
  return {
    locale,
    zone,
    money({ quantity, currency }) {
      const digits = Math.max(currencyDigits(currency), decimal(quantity).decimalPlaces());
      const key = `${currency} ${digits}`;
      let format = moneyFormats.get(key);
      if (!format) moneyFormats.set(key, (format = moneyFormat(locale, currency, digits)));
      // The string form keeps every digit; `number` would round beyond 15 of them.
      return format.format(quantity as Intl.StringNumericLiteral);
    },
    date: (instant) => formatDate(dates.long, instant),
    shortDate: (instant) => formatDate(dates.short, instant),
    number: (quantity) => numbers.format(quantity as Intl.StringNumericLiteral),
    plural: (count) => plurals.select(count),
  };
}

function moneyFormat(locale: string, currency: string, digits: number): Intl.NumberFormat {
  const fraction = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  try {
    return new Intl.NumberFormat(locale, { style: 'currency', currency, ...fraction });
  } catch {
    // A code that Intl does not know is printed as it stands.
    const plain = new Intl.NumberFormat(locale, fraction);
    return { format: (value: number) => `${currency} ${plain.format(value)}` } as Intl.NumberFormat;
  }
}

interface DatePair {
  zoned: Intl.DateTimeFormat;
  utc: Intl.DateTimeFormat;
}

function dateFormats(locale: string, zone: string, month: 'long' | 'short'): DatePair {
  const options = { year: 'numeric', month, day: 'numeric', calendar: 'gregory' } as const;
  return {
    zoned: new Intl.DateTimeFormat(locale, { ...options, timeZone: zone }),
    utc: new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' }),
  };
}

function formatDate({ zoned, utc }: DatePair, instant: Date | string): string {
  const date = new Date(instant);
  return (date.getTime() % 86_400_000 === 0 ? utc : zoned).format(date);
}

/**
 * The locale in which a text writes numbers and dates for readers of another language: the text's own. A reader's region
 * counts within his own language only. English with a foreign region is no way out: `en-PL` writes `€6,150.00` beside
 * `6.150,00 PLN`. English is written as most of the world does, day before month.
 * @param language of the text: mails, documents and pages decide alike.
 */
export function localeForForeigners(language: string): string {
  return language === 'en' ? 'en-GB' : language;
}

/** The tag itself when `Intl` can use it, else its language, else `en`. */
export function usableLocale(locale: string): string {
  for (const tag of [locale.replace('_', '-'), locale.split(/[-_]/)[0] ?? '']) {
    try {
      if (Intl.DateTimeFormat.supportedLocalesOf(tag).length > 0) return tag;
    } catch {
      // Not a language tag at all: try the next.
    }
  }
  return 'en';
}
