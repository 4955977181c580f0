import { isUsable, waysToPay } from './ways-to-pay.js';

const iban = { iban: 'NL91ABNA0417164300' };
const bank = { id: 'paya_bank', type: 'BANK_ACCOUNT', bank_account: iban };
const shop = {
  id: 'paya_shop',
  type: 'CUSTOM_REDIRECT',
  name: 'Pay here',
  custom_redirect: { url: 'https://shop.example/pay' },
};
const invoice = { invoice_number: '2026-1', billing_entity: { legal_name: 'Seller B.V.' } };

describe('an invoice is paid', () => {
  it('by what it states itself, exactly as it states it', () => {
    const stated = { ...invoice, payment_actions: [{ bank_account: { iban: 'DE89370400440532013000' } }] };
    expect(waysToPay(stated, [bank, shop])).toEqual({
      bankAccounts: [{ iban: 'DE89370400440532013000' }],
      redirects: [],
    });
  });

  it('by the acceptors of its seller, with the seller as holder and its number as reference', () => {
    expect(waysToPay(invoice, [bank, shop])).toEqual({
      bankAccounts: [{ ...iban, legal_name: 'Seller B.V.', reference: '2026-1' }],
      redirects: [{ label: 'Pay here', url: 'https://shop.example/pay' }],
    });
  });

  it('by the acceptors that it names only', () => {
    const named = { ...invoice, payment_acceptor_ids: ['paya_shop'] };
    expect(waysToPay(named, [bank, shop])).toMatchObject({ bankAccounts: [], redirects: [{ label: 'Pay here' }] });
  });

  it('by what the acceptor states of the account, where it states it', () => {
    const own = { ...bank, bank_account: { ...iban, legal_name: 'Factoring Ltd', reference: 'F-1' } };
    expect(waysToPay(invoice, [own]).bankAccounts).toEqual([
      { ...iban, legal_name: 'Factoring Ltd', reference: 'F-1' },
    ]);
  });

  it('by nothing when nobody offers a way', () => {
    expect(isUsable(waysToPay(invoice, []))).toBe(false);
    expect(isUsable(waysToPay({}, [{ id: 'paya_x', type: 'CARD' }]))).toBe(false);
  });

  it('by the acceptors when what it states is no way', () => {
    expect(waysToPay({ ...invoice, payment_actions: [{ type: 'NONE' }] }, [bank]).bankAccounts).toHaveLength(1);
  });
});

describe('a page of another payment system', () => {
  const redirects = (url: string | null, name: string | null = null) =>
    waysToPay({}, [{ id: 'paya_shop', name, custom_redirect: { url } }]).redirects;

  it.each(['http://shop.example', 'javascript:alert(1)', 'https://', 'not a url', '', null])('is not %s', (url) => {
    expect(redirects(url)).toEqual([]);
  });

  it('is called by its host when it has no name', () => {
    expect(redirects('https://shop.example/pay', ' ')).toEqual([
      { label: 'shop.example', url: 'https://shop.example/pay' },
    ]);
  });
});
