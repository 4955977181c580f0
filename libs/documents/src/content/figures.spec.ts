import { Figures } from './figures.js';

describe('Figures', () => {
  const dutch = new Figures('nl-NL', 'Europe/Amsterdam', 'EUR');
  const text = (printed: { text: string } | null) => printed?.text.replace(/\u00a0/g, ' ');

  it("writes an amount in the document's currency without its sign, any other with it", () => {
    expect(text(dutch.plainMoney({ quantity: '6745.75', currency: 'EUR' }, 'f'))).toBe('6.745,75');
    expect(text(dutch.plainMoney({ quantity: '5', currency: 'USD' }, 'f'))).toBe('US$ 5,00');
  });

  it.each([
    ['0.01215200', 'EUR', '0,012152'],
    ['12345678901234567890.12', 'EUR', '12.345.678.901.234.567.890,12'],
    ['-3', 'EUR', '-3,00'],
  ])('keeps every digit of %s %s that counts', (quantity, currency, written) => {
    expect(text(dutch.plainMoney({ quantity, currency }, 'f'))).toBe(written);
  });

  it.each([
    ['JPY', 'ja-JP', '1500', '1,500'],
    ['OMR', 'en-GB', '1.5', '1.500'],
  ])('knows how many decimals %s has', (currency, locale, quantity, written) => {
    expect(text(new Figures(locale, 'UTC', currency).plainMoney({ quantity, currency }, 'f'))).toBe(written);
  });

  it('prints what is no number as it stands', () => {
    expect(text(dutch.money({ quantity: 'n/a', currency: 'EUR' }, 'f'))).toBe('n/a EUR');
    expect(text(dutch.percent('reduced', 'f'))).toBe('reduced');
    expect(text(dutch.date('soon', 'f'))).toBe('soon');
  });

  it('prints nothing for what is not stated', () => {
    expect([
      dutch.money(null, 'f'),
      dutch.percent(undefined, 'f'),
      dutch.number('', 'f'),
      dutch.date(null, 'f'),
    ]).toEqual([null, null, null, null]);
  });

  it('keeps the decimals of a percentage that mean something', () => {
    expect(text(dutch.percent('8.875', 'f'))).toBe('8,875%');
    expect(text(dutch.percent('21.00', 'f'))).toBe('21%');
  });

  it('writes a code for a currency sign that is newer than the fonts', () => {
    const figures = new Figures('en-US', 'UTC', 'SAR');
    expect(text(figures.money({ quantity: '1', currency: 'SAR' }, 'f'))).not.toContain('\u20c1');
  });
});
