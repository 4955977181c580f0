import fc from 'fast-check';
import { decimal } from '#kernel/amount';
import { completeAmounts, movePaid, totalOf } from './invoice-amounts.js';
import { type InvoiceDocument } from './invoice-document.js';

const eur = (quantity: string) => ({ quantity, currency: 'EUR' });
const hundred: InvoiceDocument = { type: 'STANDARD', invoice_amount_including_tax: eur('100.00') };

/** A new invoice: everything in it was written just now. */
const written = (document: InvoiceDocument) => completeAmounts(document, new Set(Object.keys(document)));

/** A change of some fields of a stored invoice. */
function patched(before: InvoiceDocument, patch: InvoiceDocument): InvoiceDocument {
  return completeAmounts({ ...before, ...patch }, new Set(Object.keys(patch)), before);
}

/** The whole document handed over anew; amounts that it leaves out are those that we know. */
function put(before: InvoiceDocument, document: InvoiceDocument): InvoiceDocument {
  return completeAmounts(document, new Set(Object.keys(document)), before);
}

/** Open, paid and status in one line. */
function settlement(document: InvoiceDocument): string {
  const { open_invoice_amount: open, paid_invoice_amount: paid, payment_status: status } = document;
  return `open ${open?.quantity ?? '-'}, paid ${paid?.quantity ?? '-'}, ${status ?? '-'} ${document.paid ? 'paid' : 'not paid'}`;
}

describe('what a new invoice leaves out', () => {
  it.each([
    ['is open in full', {}, 'open 100.00, paid 0.00, UNPAID not paid'],
    ['follows the amount paid', { paid_invoice_amount: eur('30') }, 'open 70.00, paid 30, PARTIALLY_PAID not paid'],
    ['follows the open amount', { open_invoice_amount: eur('0.00') }, 'open 0.00, paid 100.00, PAID paid'],
    ['follows the word PAID', { payment_status: 'PAID' }, 'open 0.00, paid 100.00, PAID paid'],
    ['follows paid: true', { paid: true }, 'open 0.00, paid 100.00, PAID paid'],
    [
      'follows what was closed by credit',
      { closed_invoice_amount: eur('25') },
      'open 75.00, paid 0.00, UNPAID not paid',
    ],
    ['is overpaid beyond the total', { paid_invoice_amount: eur('120') }, 'open -20.00, paid 120, OVERPAID paid'],
  ] as [string, InvoiceDocument, string][])('%s', (_what, stated, expected) => {
    expect(settlement(written({ ...hundred, ...stated }))).toBe(expected);
  });

  it('is added up from the lines', () => {
    const lines = (...amounts: string[]) => ({ lines: amounts.map((text) => ({ amount_including_tax: eur(text) })) });
    const document = written({
      type: 'ONE_OFF',
      periods: [{ groups: [lines('0.10', '0.20')] }, { groups: [lines('10')] }],
    });
    expect(document.invoice_amount_including_tax).toEqual(eur('10.30'));
    expect(settlement(document)).toBe('open 10.30, paid 0.00, UNPAID not paid');
  });

  it('has as many digits as its currency', () => {
    const yen = { quantity: '1000', currency: 'JPY' };
    expect(written({ type: 'STANDARD', invoice_amount_including_tax: yen }).open_invoice_amount).toEqual(yen);
  });

  it('stays open where no total is known', () => {
    const document = written({ type: 'STANDARD' });
    expect([totalOf(document), document.open_invoice_amount, document.payment_status]).toEqual([
      null,
      undefined,
      'UNPAID',
    ]);
  });
});

describe('stated amounts', () => {
  it('stand where they do not add up', () => {
    const rounded = written({ ...hundred, open_invoice_amount: eur('99.95'), paid_invoice_amount: eur('0') });
    expect(settlement(rounded)).toBe('open 99.95, paid 0, UNPAID not paid');
    const contradicting = written({ ...hundred, open_invoice_amount: eur('10'), payment_status: 'PAID' });
    expect(settlement(contradicting)).toBe('open 10, paid 90.00, PAID paid');
  });

  it.each([
    ['a credit note of either sign', 'CREDIT', '-100.00', 'open -100.00, paid 0.00, UNPAID not paid'],
    ['a credit note of the other sign', 'CREDIT', '100.00', 'open 100.00, paid 0.00, UNPAID not paid'],
    ['a one-off credit note', 'ONE_OFF_CREDIT', '-100.00', 'open -100.00, paid 0.00, UNPAID not paid'],
    ['nothing', 'STANDARD', '0.00', 'open 0.00, paid 0.00, PAID paid'],
  ] as [string, string, string, string][])('may be of %s', (_what, type, quantity, expected) => {
    expect(settlement(written({ type, invoice_amount_including_tax: eur(quantity) }))).toBe(expected);
  });
});

describe('a change of a stored invoice', () => {
  const unpaid = written(hundred);
  const partly = written({ ...hundred, paid_invoice_amount: eur('30.00') });

  it.each([
    ['paid: true closes it', unpaid, { paid: true }, 'open 0.00, paid 100.00, PAID paid'],
    [
      'paid: false opens it again',
      written({ ...hundred, paid: true }),
      { paid: false },
      'open 100.00, paid 0.00, UNPAID not paid',
    ],
    ['PAID alone closes it', partly, { payment_status: 'PAID' }, 'open 0.00, paid 100.00, PAID paid'],
    ['UNPAID alone opens it', partly, { payment_status: 'UNPAID' }, 'open 100.00, paid 0.00, UNPAID not paid'],
    [
      'the open amount alone says how much is paid',
      unpaid,
      { open_invoice_amount: eur('40') },
      'open 40, paid 60.00, PARTIALLY_PAID not paid',
    ],
    [
      'the paid amount alone says how much is open',
      unpaid,
      { paid_invoice_amount: eur('100') },
      'open 0.00, paid 100, PAID paid',
    ],
    [
      'a credit closes that much of what is open',
      partly,
      { closed_invoice_amount: eur('20') },
      'open 50.00, paid 30.00, PARTIALLY_PAID not paid',
    ],
    [
      'a credit of all that is open settles it',
      partly,
      { closed_invoice_amount: eur('70') },
      'open 0.00, paid 30.00, PAID paid',
    ],
    [
      'a higher total is open by the difference',
      partly,
      { invoice_amount_including_tax: eur('150') },
      'open 120.00, paid 30.00, PARTIALLY_PAID not paid',
    ],
    ['another field moves nothing', partly, { custom_fields: [] }, 'open 70.00, paid 30.00, PARTIALLY_PAID not paid'],
  ] as [string, InvoiceDocument, InvoiceDocument, string][])('%s', (_rule, before, patch, expected) => {
    expect(settlement(patched(before, patch))).toBe(expected);
  });

  it('moves a rounded open amount by what changed, without undoing the rounding', () => {
    const rounded = written({ ...hundred, open_invoice_amount: eur('99.95'), paid_invoice_amount: eur('0') });
    expect(settlement(patched(rounded, { closed_invoice_amount: eur('50') }))).toBe(
      'open 49.95, paid 0, UNPAID not paid',
    );
  });

  it('adds the total up anew when its lines change, unless the total was stated', () => {
    const of = (quantity: string) => [{ amount_including_tax: eur(quantity) }];
    const draft = written({ type: 'ONE_OFF', periods: of('100') });
    expect(settlement(patched(draft, { periods: of('150') }))).toBe('open 150.00, paid 0.00, UNPAID not paid');
    const stated = written({ ...hundred, periods: of('99.99') });
    expect(settlement(patched(stated, { periods: of('150') }))).toBe('open 100.00, paid 0.00, UNPAID not paid');
  });
});

describe('a document handed over again', () => {
  it('keeps what was paid and credited meanwhile where it says nothing about it', () => {
    const paid = movePaid(written(hundred), decimal('100'));
    expect(settlement(put(paid, { ...hundred, custom_fields: [] }))).toBe('open 0.00, paid 100.00, PAID paid');
    const credited = patched(written(hundred), { closed_invoice_amount: eur('100') });
    expect(settlement(put(credited, { ...hundred, custom_fields: [] }))).toBe('open 0.00, paid 0.00, PAID paid');
  });

  it('is believed where it does', () => {
    const paid = movePaid(written(hundred), decimal('100'));
    expect(settlement(put(paid, { ...hundred, payment_status: 'UNPAID' }))).toBe(
      'open 100.00, paid 0.00, UNPAID not paid',
    );
  });
});

describe('a payment', () => {
  it.each([
    ['pays in part', '40', 'open 60.00, paid 40.00, PARTIALLY_PAID not paid'],
    ['pays in full', '100', 'open 0.00, paid 100.00, PAID paid'],
    ['pays more', '100.01', 'open -0.01, paid 100.01, OVERPAID paid'],
    ['is taken back', '-10', 'open 110.00, paid -10.00, UNPAID not paid'],
  ])('%s', (_what, delta, expected) => {
    expect(settlement(movePaid(written(hundred), decimal(delta)))).toBe(expected);
  });

  const cents = fc.integer({ min: 1, max: 1_000_000 }).map((value) => decimal(value).div(100).toFixed(2));

  it('that is taken back again restores the invoice, however many there were and in whatever order', () => {
    fc.assert(
      fc.property(cents, fc.array(cents, { maxLength: 6 }), fc.infiniteStream(fc.nat()), (total, payments, order) => {
        const before = written({ type: 'STANDARD', invoice_amount_including_tax: eur(total) });
        const back = payments
          .map((paid) => ({ paid, rank: order.next().value }))
          .sort((a, b) => Number(a.rank) - Number(b.rank));
        const paid = payments.reduce((document, payment) => movePaid(document, decimal(payment)), before);
        const restored = back.reduce((document, payment) => movePaid(document, decimal(payment.paid).negated()), paid);
        expect(restored).toEqual(before);
      }),
    );
  });

  it('leaves open and paid together as they were', () => {
    fc.assert(
      fc.property(cents, fc.array(cents, { maxLength: 6 }), (total, payments) => {
        const before = written({ type: 'STANDARD', invoice_amount_including_tax: eur(total) });
        const after = payments.reduce((document, payment) => movePaid(document, decimal(payment)), before);
        const sum = decimal(after.open_invoice_amount!.quantity).plus(after.paid_invoice_amount!.quantity);
        expect(sum.toFixed(2)).toBe(total);
      }),
    );
  });

  it('recorded and written back with the document that it made changes nothing more', () => {
    fc.assert(
      fc.property(cents, cents, (total, payment) => {
        const after = movePaid(
          written({ type: 'STANDARD', invoice_amount_including_tax: eur(total) }),
          decimal(payment),
        );
        expect(completeAmounts(after, new Set(), after)).toEqual(after);
        expect(completeAmounts(after, new Set(Object.keys(after)), after)).toEqual(after);
      }),
    );
  });
});
