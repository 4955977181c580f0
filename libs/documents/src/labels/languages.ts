import { localeForForeigners, usableLocale } from '#kernel/format';
import { BoundedCache } from '../text/bounded-cache.js';
import { ar } from './ar.js';
import { bg } from './bg.js';
import { ca } from './ca.js';
import { cs } from './cs.js';
import { da } from './da.js';
import { de } from './de.js';
import { el } from './el.js';
import { en } from './en.js';
import { es } from './es.js';
import { et } from './et.js';
import { fi } from './fi.js';
import { fr } from './fr.js';
import { he } from './he.js';
import { hr } from './hr.js';
import { hu } from './hu.js';
import { it } from './it.js';
import { ja } from './ja.js';
import { ko } from './ko.js';
import { type Labels } from './labels.js';
import { lt } from './lt.js';
import { lv } from './lv.js';
import { nb } from './nb.js';
import { nl } from './nl.js';
import { pl } from './pl.js';
import { pt } from './pt.js';
import { ro } from './ro.js';
import { ru } from './ru.js';
import { sk } from './sk.js';
import { sl } from './sl.js';
import { srLatin } from './sr-latn.js';
import { sr } from './sr.js';
import { sv } from './sv.js';
import { tr } from './tr.js';
import { uk } from './uk.js';
import { zh } from './zh.js';

/** Languages that a document can be in, by ISO 639-1 code. Add one by adding a file and a name here. */
export const LANGUAGES: Record<string, Labels> = {
  ar,
  bg,
  ca,
  cs,
  da,
  de,
  el,
  en,
  es,
  et,
  fi,
  fr,
  he,
  hr,
  hu,
  it,
  ja,
  ko,
  lt,
  lv,
  nb,
  nl,
  pl,
  pt,
  ro,
  ru,
  sk,
  sl,
  sr,
  sv,
  tr,
  uk,
  zh,
};

/* Codes for what is close enough to be read as one of them. */
const SAME: Record<string, string> = { no: 'nb', nn: 'nb', iw: 'he', bs: 'hr' };

/* Languages that are written in two ways, of which the less usual has words of its own, or has none and gets English. */
const OTHER_SCRIPT: [pattern: RegExp, labels: Labels | undefined][] = [
  [/^sr-latn/i, srLatin],
  [/^zh-(hant|tw|hk|mo)/i, undefined],
];

const RIGHT_TO_LEFT = new Set(['ar', 'he']);

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
  let language = known.get(locale);
  if (!language) known.set(locale, (language = chooseLanguage(locale)), locale.length);
  return language;
}

const known = new BoundedCache<DocumentLanguage>(10_000);

function chooseLanguage(locale: string): DocumentLanguage {
  const tag = locale.replaceAll('_', '-');
  const code = tag.split('-')[0]?.toLowerCase() ?? '';
  const language = SAME[code] ?? code;
  const labels = labelsOf(tag, language);
  if (!labels) return { labels: en, locale: localeForForeigners('en'), rightToLeft: false };
  return { labels, locale: usableLocale(tag) === tag ? tag : language, rightToLeft: RIGHT_TO_LEFT.has(language) };
}

function labelsOf(tag: string, language: string): Labels | undefined {
  const other = OTHER_SCRIPT.find(([pattern]) => pattern.test(tag));
  return other ? other[1] : LANGUAGES[language];
}
