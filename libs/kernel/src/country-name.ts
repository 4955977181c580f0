/**
 * The country as a reader of `locale` calls it: `NL` is `Netherlands` in English.
 * @param country ISO 3166-1 alpha-2 in any case; anything else comes back as it is.
 */
export function countryName(country: string, locale: string): string {
  const code = country.toUpperCase();
  if (!/^[A-Z]{2}$/.test(code)) return country;
  let names = namesByLocale.get(locale);
  if (!names) {
    if (namesByLocale.size >= 500) namesByLocale.clear();
    namesByLocale.set(locale, (names = new Intl.DisplayNames(locale, { type: 'region', fallback: 'code' })));
  }
  return names.of(code) ?? code;
}

const namesByLocale = new Map<string, Intl.DisplayNames>();
