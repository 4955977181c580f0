import { type InvoiceDocument } from './invoice-document.js';
import { changedContent, checkInvoiceStatus, INVOICE_STATUSES, refuseContentChange } from './invoice-rules.js';

function problem(from: string | null, to: string): string | null {
  try {
    checkInvoiceStatus(from, to);
    return null;
  } catch (error) {
    return (error as { code: string }).code;
  }
}

describe('the status of an invoice', () => {
  it('may be any at its first writing, and may stay', () => {
    for (const status of INVOICE_STATUSES) {
      expect(problem(null, status)).toBeNull();
      expect(problem(status, status)).toBeNull();
    }
  });

  it.each([
    ['OPEN', 'DRAFT FINAL VOID'],
    ['DRAFT', 'FINAL ARCHIVED VOID'],
    ['FINAL', 'ARCHIVED VOID'],
    ['ARCHIVED', ''],
    ['VOID', ''],
  ])('goes on from %s to [%s] only', (from, allowed) => {
    const reachable = INVOICE_STATUSES.filter((to) => to !== from && problem(from, to) === null);
    expect(reachable.sort()).toEqual(allowed.split(' ').filter(Boolean).sort());
  });

  it('is one of those that we know', () => {
    expect(problem(null, 'SENT')).toBe('INVALID_FIELD');
    expect(problem('DRAFT', 'toString')).toBe('INVALID_FIELD');
  });
});

describe('the content of an invoice', () => {
  const total = { quantity: '100.00', currency: 'EUR' };
  const document: InvoiceDocument = { invoice_number: '2026-1', invoice_amount_including_tax: total, notes: 'Thanks' };

  it.each([
    ['status', 'ARCHIVED'],
    ['payment_status', 'PAID'],
    ['open_invoice_amount', total],
    ['paid_invoice_amount', total],
    ['closed_invoice_amount', total],
    ['paid', true],
    ['due_date', '2026-07-01T00:00:00Z'],
    ['custom_fields', [{ reference: 'a' }]],
  ])('is not changed by its %s', (field, value) => {
    expect(changedContent(document, { ...document, [field]: value })).toBeNull();
  });

  it.each([
    ['invoice_number', '2026-2'],
    ['invoice_amount_including_tax', { ...total, quantity: '100.01' }],
    ['periods', []],
    ['customer', { reference: 'other' }],
    ['customer_id', 'cust_2'],
    ['billing_entity', { legal_name: 'Other' }],
    ['invoice_date', '2026-06-01T00:00:00Z'],
    ['notes', 'Thank you'],
    ['notes', undefined],
    ['a field of tomorrow', 1],
  ])('is changed by its %s', (field, value) => {
    expect(changedContent(document, { ...document, [field]: value })).toBe(field);
  });

  it('is the same whether a field is null or not there', () => {
    expect(changedContent(document, { ...document, footnote: null })).toBeNull();
  });

  it('is refused with the field that changed', () => {
    expect(refuseContentChange('notes')).toMatchObject({ code: 'INVALID_OPERATION', details: { field: 'notes' } });
  });
});
