import { en } from './en.js';
import { type Labels } from './labels.js';

/** Languages that a document can be in, by ISO 639-1 code. Add one by adding a file and a line. */
const LANGUAGES: Record<string, Labels> = { en };

const RIGHT_TO_LEFT = new Set(['ar', 'fa', 'he', 'ur']);

export interface DocumentLanguage {
  labels: Labels;
  /** BCP 47 tag for `Intl`, the document's `lang` and the shaper. */
  locale: string;
  rightToLeft: boolean;
}

/**
 * What the document is written in: the customer's language when we have its words; else English, dates and numbers
 * included, since a page in two languages is harder to read than one in English.
 */
export function languageFor(locale: string): DocumentLanguage {
  const code = languageCode(locale);
  const labels = LANGUAGES[code];
  return labels
    ? { labels, locale: locale.replace('_', '-'), rightToLeft: RIGHT_TO_LEFT.has(code) }
    : { labels: en, locale: 'en-GB', rightToLeft: false };
}

function languageCode(locale: string): string {
  const code = locale.split(/[-_]/)[0]?.toLowerCase() ?? '';
  return { no: 'nb', nn: 'nb', iw: 'he', bs: 'hr' }[code] ?? code;
}
