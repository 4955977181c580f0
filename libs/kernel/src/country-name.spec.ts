import { countryName } from './country-name.js';

describe('countryName', () => {
  it.each([
    ['NL', 'en-GB', 'Netherlands'],
    ['nl', 'nl-NL', 'Nederland'],
    ['DE', 'de-DE', 'Deutschland'],
    ['QQ', 'en', 'QQ'],
    ['Holland', 'en', 'Holland'],
    ['', 'en', ''],
  ])('calls %s in %s %s', (country, locale, expected) => {
    expect(countryName(country, locale)).toBe(expected);
  });
});
