import { creditDirection, creditsOf } from './credit-effect.js';
import { type InvoiceDocument } from './invoice-document.js';

describe('a credit invoice', () => {
  const eur = (quantity: string) => ({ quantity, currency: 'EUR' });
  const credits = (document: InvoiceDocument) =>
    creditsOf(document).map(({ invoiceId, size }) => [invoiceId, size?.toFixed() ?? null]);

  it.each<[string, InvoiceDocument, unknown]>([
    ['its original by its whole size', { credit: { original_invoice_id: 'a' } }, [['a', '50']]],
    ['the one that it is linked to', { linked_invoices_ids: ['a'] }, [['a', '50']]],
    [
      'those that it is linked to, by the amounts of the links',
      {
        linked_invoices: [
          { id: 'a', amount: eur('-20') },
          { id: 'b', amount: eur('30') },
        ],
      },
      [
        ['a', '20'],
        ['b', '30'],
      ],
    ],
    [
      'several without saying how much of each',
      { linked_invoices_ids: ['a', 'b'] },
      [
        ['a', null],
        ['b', null],
      ],
    ],
    ['nothing when it names none', {}, []],
  ])('credits %s', (_what, document, expected) => {
    expect(credits({ invoice_amount_including_tax: eur('50'), ...document })).toEqual(expected);
  });

  it('counts by its size, whichever sign it is written with (e.66)', () => {
    const document = { credit: { original_invoice_id: 'a' }, invoice_amount_including_tax: eur('-50') };
    expect(credits(document)).toEqual([['a', '50']]);
  });

  it.each([
    [null, 'FINAL', 'CREDIT', 1],
    ['DRAFT', 'FINAL', 'ONE_OFF_CREDIT', 1],
    ['FINAL', 'FINAL', 'CREDIT', null],
    ['FINAL', 'ARCHIVED', 'CREDIT', null],
    ['FINAL', 'VOID', 'CREDIT', -1],
    ['DRAFT', 'VOID', 'CREDIT', null],
    [null, 'FINAL', 'STANDARD', null],
  ] as const)('from %s to %s as %s moves by %s', (from, to, type, direction) => {
    expect(creditDirection(from && { status: from }, { status: to, type })).toBe(direction);
  });
});
