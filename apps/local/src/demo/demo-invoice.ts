/** The invoice of a demo that is given none: two periods of lines, two tax rates, paid by bank transfer. */
export function demoInvoice(today: Date): Record<string, unknown> {
  const day = (offset: number) =>
    `${new Date(today.getTime() + offset * 86_400_000).toISOString().slice(0, 10)}T00:00:00Z`;
  const eur = (quantity: string) => ({ quantity, currency: 'EUR' });
  const tax = (base: string, part: string, total: string, percentage: string) => ({
    base_amount: eur(base),
    tax_amount: eur(part),
    total_amount: eur(total),
    percentage,
    name: 'VAT',
    category: percentage === '21' ? 'STANDARD' : 'REDUCED',
  });
  const line = (description: string, units: string, price: string, net: string, gross: string, rate: string) => ({
    description,
    type: 'REVENUE',
    pricing_type: 'FIXED',
    amount_excluding_tax: eur(net),
    amount_including_tax: eur(gross),
    meter_value: { type: 'NUMBER', number: units, reference: 'HUR' },
    details: { band: { amount: eur(price) } },
    tax_categories: [{ percentage: rate, name: 'VAT' }],
  });
  return {
    type: 'STANDARD',
    status: 'DRAFT',
    invoice_number: '2026-0042',
    purchase_order_number: 'PO-7781',
    invoice_date: day(0),
    due_date: day(30),
    billing_currency: 'EUR',
    timezone: 'Europe/Amsterdam',
    customer: {
      reference: 'harbour-coffee',
      type: 'ORGANIZATION',
      email: 'finance@harbour-coffee.example',
      locale: 'en-GB',
      timezone: 'Europe/London',
      organization: {
        legal_name: 'Harbour Coffee Roasters Ltd',
        tax_id: 'GB123456789',
        registered_address: { line1: '14 Quayside', city: 'Bristol', postal_code: 'BS1 4RN', country: 'GB' },
      },
    },
    billing_entity: {
      reference: 'noorderlicht',
      legal_name: 'Noorderlicht Software B.V.',
      tax_id: 'NL001234567B01',
      registration_number: '34567890',
      email: 'billing@noorderlicht.example',
      registered_address: { line1: 'Herengracht 182', city: 'Amsterdam', postal_code: '1016 BR', country: 'NL' },
    },
    invoice_amount_including_tax: eur('1839.20'),
    periods: [
      {
        start_at: day(-30),
        end_at: day(0),
        groups: [
          {
            description: 'Platform',
            lines: [
              line(
                'Orders platform, team plan\nMonthly fee for up to 25 users',
                '1',
                '990.00',
                '990.00',
                '1197.90',
                '21',
              ),
              line('Onboarding workshop', '4', '132.50', '530.00', '641.30', '21'),
            ],
          },
        ],
      },
    ],
    tax_categories: [tax('1520.00', '319.20', '1839.20', '21')],
    tax_summary: {
      base_amount: eur('1520.00'),
      tax_amount: eur('319.20'),
      total_amount: eur('1839.20'),
      country_code: 'NL',
    },
    notes: ['Thank you for roasting with us.'],
  };
}
