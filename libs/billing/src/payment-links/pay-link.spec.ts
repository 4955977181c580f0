import fc from 'fast-check';
import { PayLinks, somethingToPay } from './pay-link.js';

const SECRET = 'a-secret-of-more-than-32-characters';
const links = new PayLinks(SECRET, 'https://pay.example');
const tokenOf = (platformId: string, invoiceId: string) => links.token(links.portalUrlId(platformId, invoiceId));

describe('a payment link', () => {
  it('is the same every time it is made, from whatever process', () => {
    const again = new PayLinks(SECRET, 'https://pay.example');
    expect(again.url('plat_1', 'invo_1')).toBe(links.url('plat_1', 'invo_1'));
    expect(links.url('plat_1', 'invo_1')).toMatch(/^https:\/\/pay\.example\/pay\/[A-Za-z0-9_-]+$/);
  });

  it('opens the portal URL of its invoice', () => {
    const id = links.portalUrlId('plat_1', 'invo_1');
    expect(id).toMatch(/^purl_[A-Za-z0-9]{20}$/);
    expect(links.open(tokenOf('plat_1', 'invo_1'))).toBe(id);
  });

  it('has an alias that opens the same portal URL by itself (e.65)', () => {
    const [alias, id] = Buffer.from(tokenOf('plat_1', 'invo_1'), 'base64url').toString().split('.');
    expect(links.openAlias(alias!)).toBe(id);
    expect(links.openAlias(`${alias!.slice(0, -1)}!`)).toBeNull();
    expect(links.openAlias('')).toBeNull();
  });

  it('is another one for another invoice, platform or secret', () => {
    const others = [
      links.url('plat_1', 'invo_2'),
      links.url('plat_2', 'invo_1'),
      new PayLinks('another secret', 'https://pay.example').url('plat_1', 'invo_1'),
    ];
    expect(new Set([links.url('plat_1', 'invo_1'), ...others]).size).toBe(4);
  });

  it('opens nothing at an installation with another secret', () => {
    expect(new PayLinks('another secret', 'https://pay.example').open(tokenOf('plat_1', 'invo_1'))).toBeNull();
  });

  it("opens nothing with one invoice's alias and another's id", () => {
    const part = (token: string, which: 0 | 1) => Buffer.from(token, 'base64url').toString().split('.')[which]!;
    const mixed = `${part(tokenOf('plat_1', 'invo_1'), 0)}.${part(tokenOf('plat_1', 'invo_2'), 1)}`;
    expect(links.open(Buffer.from(mixed).toString('base64url'))).toBeNull();
  });

  it.each([
    ['nothing', ''],
    ['no alias', Buffer.from('.purl_1').toString('base64url')],
    ['no id', Buffer.from('a'.repeat(32)).toString('base64url')],
    ['an alias of other letters than ours', Buffer.from(`${'é'.repeat(32)}.purl_1`).toString('base64url')],
    ['a very long text', 'A'.repeat(100_000)],
  ])('is not made of %s', (_what, token) => {
    expect(links.open(token)).toBeNull();
  });

  it('opens no other portal URL when a character of it is changed', () => {
    const token = tokenOf('plat_1', 'invo_1');
    const own = links.portalUrlId('plat_1', 'invo_1');
    const character = fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 1 });
    fc.assert(
      fc.property(fc.nat({ max: token.length - 1 }), character, (position, letter) => {
        const changed = token.slice(0, position) + letter + token.slice(position + 1);
        expect([null, own]).toContain(links.open(changed));
        // Only the unused bits of the last character may differ.
        if (links.open(changed) === own)
          expect(Buffer.from(changed, 'base64url').toString()).toBe(Buffer.from(token, 'base64url').toString());
      }),
    );
  });
});

describe('something is to pay', () => {
  it.each([
    ['on an open invoice', 'FINAL', 'STANDARD', '0.01', true],
    ['on nothing open', 'FINAL', 'STANDARD', '0', false],
    ['on an overpaid one', 'FINAL', 'STANDARD', '-5', false],
    ['on an unknown amount', 'FINAL', 'STANDARD', null, false],
    ['on a credit note', 'FINAL', 'CREDIT', '10', false],
    ['on a one-off credit note', 'FINAL', 'ONE_OFF_CREDIT', '10', false],
    ['on an archived one', 'ARCHIVED', 'STANDARD', '10', false],
    ['on a void one', 'VOID', 'STANDARD', '10', false],
  ])('%s: %s %s %s', (_what, status, type, openAmount, expected) => {
    expect(somethingToPay({ status, type, openAmount })).toBe(expected);
  });
});
