import { balanceAt, changesBetween, nextChange, type WalletEntry } from './wallet-balance.js';

const day = (number: number) => new Date(Date.UTC(2026, 0, number));
const grant = (quantity: string, from: number, until: number | null = null): WalletEntry => ({
  quantity,
  from: day(from),
  until: until === null ? null : day(until),
});
const use = (quantity: string, on: number) => grant(`-${quantity}`, on);
const on = (number: number, ...entries: WalletEntry[]) => balanceAt(entries, day(number));

describe('the balance of a wallet (e.78)', () => {
  it('is the sum of the grants that are valid then', () => {
    const grants = [grant('100', 1, 10), grant('0.10', 2), grant('0.20', 3), grant('50', 20)];
    expect(on(5, ...grants)).toEqual({ balance: '100.3', granted: '100.3' });
    expect(on(10, ...grants)).toEqual({ balance: '0.3', granted: '0.3' });
    expect(on(20, ...grants)).toEqual({ balance: '50.3', granted: '50.3' });
  });

  it('is nothing before the first grant', () => {
    expect(on(1, grant('100', 2))).toEqual({ balance: '0', granted: '0' });
  });

  it('is less what was used, of which the grants know nothing', () => {
    expect(on(5, grant('100', 1), use('30', 4))).toEqual({ balance: '70', granted: '100' });
  });

  it('takes what is used out of the grant that ends first, and loses only what was left of it', () => {
    const entries = [grant('100', 1), grant('40', 1, 10), use('30', 4)];
    expect(on(10, ...entries).balance).toBe('100');
  });

  it('uses no grant that has ended or has not begun', () => {
    const entries = [grant('10', 1, 3), grant('20', 8), use('5', 4)];
    expect(on(5, ...entries).balance).toBe('-5');
  });

  it('owes what no grant covers, and the next grant pays it for good', () => {
    const entries = [use('30', 2), grant('100', 3, 10)];
    expect(on(2, ...entries).balance).toBe('-30');
    expect(on(5, ...entries).balance).toBe('70');
    expect(on(10, ...entries).balance).toBe('0');
  });

  it('does not depend on the order in which the entries were recorded', () => {
    const entries = [use('30', 4), grant('40', 1, 10), grant('100', 1)];
    expect(on(10, ...entries).balance).toBe('100');
  });
});

describe('when time alone changes the balance', () => {
  const entries = [grant('1', 2, 8), grant('1', 5), use('1', 6)];

  it('is when a grant begins or ends', () => {
    expect(changesBetween(entries, day(2), day(8))).toEqual([day(5), day(6), day(8)]);
    expect(nextChange(entries, day(6))).toEqual(day(8));
    expect(nextChange(entries, day(8))).toBeNull();
  });
});
