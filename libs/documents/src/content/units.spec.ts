import { languageFor } from '../labels/languages.js';
import { quantityWithUnit } from './units.js';

describe('quantityWithUnit', () => {
  const write = (number: string, code: string, locale = 'nl-NL') => {
    const written = new Intl.NumberFormat(locale, { maximumFractionDigits: 10 }).format(Number(number));
    const { labels } = languageFor(locale);
    return quantityWithUnit(number, written, code, locale, labels).replace(/[\u00a0\u202f]/g, ' ');
  };

  it.each([
    ['1', 'HUR', 'nl-NL', '1 uur'],
    ['2', 'DAY', 'de-DE', '2 Tage'],
    ['5', 'MON', 'pl-PL', '5 miesięcy'],
    ['1.5', 'KGM', 'fr-FR', '1,5 kg'],
    ['12', 'h', 'el-GR', '12 ώρες'],
    ['10.25', 'MTK', 'de-DE', '10,25 m²'],
    ['100', 'kwh', 'es-ES', '100 kWh'],
    ['3', 'H87', 'cs-CZ', '3 ks'],
    ['3', 'EA', 'sv-SE', '3 st'],
    ['7', 'C62', 'nl-NL', '7'],
    ['7', 'ZZ', 'nl-NL', '7'],
    ['4', 'Ks', 'nl-NL', '4 Ks'],
    ['9', 'api_calls', 'en-GB', '9 api_calls'],
  ])('writes %s %s in %s as %s', (number, code, locale, text) => {
    expect(write(number, code, locale)).toBe(text);
  });

  it('keeps the figure where the language would say it in the word', () => {
    expect(write('2', 'DAY', 'ar-AE')).toContain('2');
  });
});
