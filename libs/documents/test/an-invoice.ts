import { type InvoiceDocument, type InvoicePrintRequest, type StatedLine } from '../src/printable-invoice.js';

export const eur = (quantity: string) => ({ quantity, currency: 'EUR' });

/** A line as a billing system writes it: two hours of something, taxed at 21 %. */
export function aLine(overrides: Partial<StatedLine> = {}): StatedLine {
  return {
    description: 'Consulting',
    meter_value: { number: '2', reference: 'HUR' },
    amount_excluding_tax: eur('200.00'),
    tax_categories: [{ percentage: '21', name: 'VAT', category: 'STANDARD' }],
    details: { band: { amount: eur('100') } },
    ...overrides,
  };
}

/** An invoice with these lines in one group. */
export function anInvoice(overrides: InvoiceDocument = {}, lines: StatedLine[] = [aLine()]): InvoiceDocument {
  return {
    invoice_number: 'F-2026-17',
    type: 'STANDARD',
    invoice_date: '2026-02-01T00:00:00Z',
    due_date: '2026-02-15T00:00:00Z',
    billing_currency: 'EUR',
    billing_entity: {
      legal_name: 'Seller B.V.',
      tax_id: 'NL123456789B01',
      registered_address: { line1: 'Kade 1', postal_code: '3511 SW', city: 'Utrecht', country: 'NL' },
    },
    customer: {
      reference: 'C-1',
      organization: {
        legal_name: 'Buyer GmbH',
        tax_id: 'DE123456789',
        registered_address: { line1: 'Weg 2', postal_code: '10115', city: 'Berlin', country: 'DE' },
      },
    },
    periods: [{ groups: [{ amount_excluding_tax: eur('200.00'), lines }] }],
    tax_categories: [
      {
        name: 'VAT',
        category: 'STANDARD',
        percentage: '21',
        base_amount: eur('200.00'),
        tax_amount: eur('42.00'),
      },
    ],
    tax_summary: { base_amount: eur('200.00'), tax_amount: eur('42.00'), total_amount: eur('242.00') },
    invoice_amount_including_tax: eur('242.00'),
    open_invoice_amount: eur('242.00'),
    ...overrides,
  };
}

export function aRequest(overrides: Partial<InvoicePrintRequest> = {}): InvoicePrintRequest {
  return {
    invoice: anInvoice(),
    locale: 'en-GB',
    zone: 'Europe/Amsterdam',
    payLink: 'https://pay.example/i/17',
    bankAccounts: [{ legal_name: 'Seller B.V.', iban: 'NL91ABNA0417164300', bic: 'ABNANL2A', reference: 'F-2026-17' }],
    draft: false,
    ...overrides,
  };
}
