import { localeForForeigners } from '#kernel/format';
import { de } from './de.js';
import { en } from './en.js';
import { nl } from './nl.js';
import { type PayTexts } from './texts.js';

const TEXTS: ReadonlyMap<string, PayTexts> = new Map([en, nl, de].map((texts) => [texts.language, texts]));

/**
 * The texts for a reader, and the locale in which the page writes money and dates: the reader's own when we speak the
 * language, else English with its own numbers and dates, so that a page never mixes languages.
 */
export function payTextsFor(locale: string): { texts: PayTexts; formatLocale: string } {
  const tag = parsed(locale);
  const known = tag && TEXTS.get(tag.language);
  if (known) return { texts: known, formatLocale: tag.toString() };
  return { texts: en, formatLocale: tag ? localeForForeigners(en.language) : en.language };
}

function parsed(locale: string): Intl.Locale | null {
  try {
    return new Intl.Locale(locale.replaceAll('_', '-'));
  } catch {
    // Not a language tag: the reader's language is unknown.
    return null;
  }
}
