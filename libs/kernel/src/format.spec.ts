import { formatter, localeForForeigners } from './format.js';

const PLN = { quantity: '6150.00', currency: 'PLN' };
const EUR = { quantity: '6150.00', currency: 'EUR' };

describe('what a text writes for readers of another language', () => {
  it('are numbers and dates of the language of the text', () => {
    const format = formatter(localeForForeigners('en'), 'Europe/Warsaw');
    expect([format.money(PLN), format.money(EUR), format.date('2026-02-01')]).toEqual([
      'PLN\u00a06,150.00',
      '€6,150.00',
      '1 February 2026',
    ]);
  });

  it('is what the language writes, where it is the same everywhere', () => {
    expect(localeForForeigners('nl')).toBe('nl');
  });
});
