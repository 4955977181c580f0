import { localeForForeigners } from '#kernel/format';

/** Which candidate of a template serves a reader, and in which locale its money and dates are written. */
export interface LanguageChoice<T> {
  /** `invoice-final.nl`, or `invoice-final` for the base. */
  candidate: string;
  template: T;
  /** BCP 47: the reader's, when the template is in his language (`nl-BE`); else as that language is written for foreigners. */
  locale: string;
  /** The reader's language was not there: the base was taken. False when no language was asked for. */
  usedFallback: boolean;
}

/**
 * Looks for `<name>.<locale>`, `<name>.<language>`, `<name>` in this order (e.43).
 * @param asked the customer's locale, then the platform's; one that is no language tag counts as not stated.
 */
export function chooseLanguage<T extends { language: string }>(
  name: string,
  asked: readonly (string | null)[],
  find: (candidate: string) => T | undefined,
): LanguageChoice<T> | undefined {
  const reader = asked.map(parseLocale).find((locale) => locale !== null) ?? null;
  const candidates = reader ? [`${name}.${reader.baseName}`, `${name}.${reader.language}`, name] : [name];
  for (const candidate of candidates) {
    const template = find(candidate);
    if (template) {
      return {
        candidate,
        template,
        locale: readerLocale(template.language, reader),
        usedFallback: reader !== null && !sameLanguage(template.language, reader),
      };
    }
  }
  return undefined;
}

/** A mail never mixes languages: a Swede who gets the English mail reads its dates and numbers as in English. */
function readerLocale(language: string, reader: Intl.Locale | null): string {
  if (reader === null) return language;
  return sameLanguage(language, reader) ? reader.baseName : localeForForeigners(language);
}

function sameLanguage(language: string, reader: Intl.Locale): boolean {
  return new Intl.Locale(language).language === reader.language;
}

/** Accepts `nl_NL` besides `nl-NL`; extensions (`-u-nu-arab`) are left out. Null when it is no language tag. */
function parseLocale(locale: string | null): Intl.Locale | null {
  if (locale === null) return null;
  try {
    return new Intl.Locale(new Intl.Locale(locale.trim().replaceAll('_', '-')).baseName);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** `rtl` for Arabic, Hebrew, Persian and the like. */
export function direction(language: string): 'ltr' | 'rtl' {
  const { script } = new Intl.Locale(language).maximize();
  return script !== undefined && RIGHT_TO_LEFT_SCRIPTS.includes(script) ? 'rtl' : 'ltr';
}

const RIGHT_TO_LEFT_SCRIPTS = ['Arab', 'Hebr', 'Thaa', 'Syrc', 'Nkoo', 'Adlm', 'Rohg'];
