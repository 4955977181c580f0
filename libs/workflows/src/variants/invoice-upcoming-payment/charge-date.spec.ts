import { type Chargeable, chargeDate } from './charge-date.js';

const INVOICED = new Date('2026-06-01T00:00:00Z');
const DUE = new Date('2026-06-15T00:00:00Z');

function invoice(overrides: Partial<Chargeable> = {}): Chargeable {
  const dates = { invoiceDate: INVOICED, dueDate: DUE };
  return { status: 'FINAL', type: 'STANDARD', open: true, chargedAutomatically: false, ...dates, ...overrides };
}

describe('the charge date (e.29)', () => {
  it.each([
    ['the due date of a FINAL invoice with something open', invoice(), DUE],
    [
      'the invoice date of one that is OPEN and charged automatically',
      { status: 'OPEN', chargedAutomatically: true },
      INVOICED,
    ],
    [
      'the invoice date of one that is DRAFT and charged automatically',
      { status: 'DRAFT', chargedAutomatically: true },
      INVOICED,
    ],
  ])('is %s', (_case, overrides, date) => {
    expect(chargeDate(invoice(overrides))).toEqual(date);
  });

  it.each([
    ['before FINAL for one that its customer pays himself', { status: 'DRAFT' }],
    ['when it is paid', { open: false }],
    ['without a due date', { dueDate: null }],
    ['for a credit note', { type: 'CREDIT' }],
    ['when it is archived', { status: 'ARCHIVED' }],
  ])('is none %s', (_case, overrides) => {
    expect(chargeDate(invoice(overrides))).toBeNull();
  });
});
