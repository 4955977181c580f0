import { type MailFacts, type WalletFact } from '#billing/mail-facts';
import { formatter } from '#kernel/format';
import { walletBalance } from './index.js';

const NOW = new Date('2026-06-10T12:00:00Z');
const eur = (quantity: string) => ({ quantity, currency: 'EUR' });
const watching = (balance: object) => ({ wallet_balance: { comparator: 'LESS_THAN', ...balance } });
const BELOW_25 = watching({ threshold: { amount: eur('25') } });

function wallet(quantity: string, overrides: Partial<WalletFact> = {}): WalletFact {
  const grant = { document: { grant_amount: eur(quantity) }, createdAt: new Date('2026-06-01T00:00:00Z') };
  const type = { name: 'Prepaid', type: 'BALANCE', balance: { default_currency: 'EUR' } };
  const ids = { id: 'wall_1', reference: 'prepaid', walletTypeId: 'walt_1' };
  return { ...ids, status: 'ACTIVE', type, grants: [grant], revision: '1', ...overrides };
}

const facts = (fact: WalletFact | null) => ({ wallet: fact }) as MailFacts;

describe('the guard of WALLET_BALANCE (e.36)', () => {
  const verdict = (fact: WalletFact | null, config: object = BELOW_25) =>
    walletBalance.guard(facts(fact), { config, now: NOW })?.reason ?? null;

  it.each([
    ['lets a low balance through', wallet('24.99'), BELOW_25, null],
    ['stops for a balance at the threshold', wallet('25.00'), BELOW_25, 'WALLET_BALANCE_RESTORED'],
    ['stops for a wallet that is not ACTIVE', wallet('1', { status: 'INACTIVE' }), BELOW_25, 'WALLET_NOT_ACTIVE'],
    ['stops without a wallet', null, BELOW_25, 'WALLET_GONE'],
    [
      'stops when the workflow watches another type now',
      wallet('1'),
      watching({ wallet_type_id: 'walt_2', threshold: { amount: eur('25') } }),
      'WALLET_NOT_WATCHED',
    ],
    [
      'stops when the workflow counts another currency now',
      wallet('1'),
      watching({ threshold: { amount: { quantity: '25', currency: 'SEK' } } }),
      'WALLET_NOT_WATCHED',
    ],
  ])('%s', (_rule, fact, config, reason) => {
    expect(verdict(fact, config)).toBe(reason);
  });

  it('reads the balance as of the preparation', () => {
    const over = { document: { grant_amount: eur('100'), expire_at: NOW.toISOString() }, createdAt: new Date(0) };
    expect(verdict(wallet('1', { grants: [over] }))).toBeNull();
  });
});

describe('what a template may say about a wallet (e.44)', () => {
  const says = (fact: WalletFact | null, config: object = BELOW_25) =>
    walletBalance.variables(facts(fact), formatter('nl-NL', 'UTC'), NOW, config);

  it('is its balance and threshold, written for the reader and raw', () => {
    expect(says(wallet('1234.5'), watching({ threshold: { percentage: '10' } }))).toMatchObject({
      wallet_reference: 'prepaid',
      wallet_name: 'Prepaid',
      wallet_currency: 'EUR',
      wallet_balance: '€\u00a01.234,50',
      wallet_balance_raw: '1234.50',
      wallet_threshold: '€\u00a0123,45',
      wallet_threshold_raw: '123.45',
      wallet_is_low: false,
      wallet_is_empty: false,
    });
  });

  it('has the same names whatever is known, so that strict templates find them', () => {
    expect(Object.keys(says(null)).sort()).toEqual(Object.keys(says(wallet('1'))).sort());
  });
});
