/** A document as a billing backend hands it over; a test names only what it is about. */
export function invoiceDocument(overrides: Record<string, unknown> = {}): Record<string, unknown> {
  const number = `2026-${Math.random().toString(36).slice(2, 8)}`;
  return {
    invoice_number: number,
    type: 'STANDARD',
    status: 'FINAL',
    invoice_date: '2026-11-01T00:00:00Z',
    due_date: '2026-12-01T00:00:00Z',
    billing_currency: 'EUR',
    customer: {
      reference: `customer-${number}`,
      type: 'ORGANIZATION',
      email: `ap-${number}@customer.example`,
      organization: { legal_name: 'Customer Ltd' },
    },
    billing_entity: { reference: 'seller', legal_name: 'Seller B.V.' },
    invoice_amount_including_tax: { quantity: '121.00', currency: 'EUR' },
    periods: [
      { groups: [{ lines: [{ description: 'Work', amount_excluding_tax: { quantity: '100.00', currency: 'EUR' } }] }] },
    ],
    payment_actions: [
      { type: 'BANK_ACCOUNT', bank_account: { legal_name: 'Seller B.V.', iban: 'NL91ABNA0417164300' } },
    ],
    ...overrides,
  };
}
