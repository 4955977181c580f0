type Json = Record<string, unknown>;

const PRODUCTS = [
  ['Orders platform, team plan', '990.00'],
  ['Additional seat', '24.50'],
  ['Roasting curve analytics', '149.00'],
  ['Warehouse connector', '75.00'],
  ['Priority support', '210.00'],
  ['Data retention, 36 months', '59.90'],
  ['Onboarding workshop', '132.50'],
  ['Sandbox environment', '45.00'],
] as const;
const STREETS = ['Quayside', 'Harbour Lane', 'Mill Road', 'Station Street', 'Castle Hill'];

/** Who gets the mail of invoice `number`: nobody else does. */
export function addressOf(prefix: string, number: number): string {
  return `${prefix}${number}@customers.example`;
}

/**
 * A FINAL invoice to a customer of its own, in the wire format: the platform's product names, everybody's own names,
 * quantities and amounts. Payable by bank transfer.
 *
 * @param prefix of the customer's address, see `addressOf`.
 */
export function benchInvoice(prefix: string, number: number, lines: number, today: Date): Json {
  const priced = Array.from({ length: lines }, (_, i) => pricedLine(number, i));
  const cents = priced.reduce((sum, line) => sum + line.cents, 0);
  const tax = Math.round(cents * 0.21);
  const summary = { base_amount: eur(cents), tax_amount: eur(tax), total_amount: eur(cents + tax) };
  return {
    type: 'STANDARD',
    status: 'FINAL',
    invoice_number: `${prefix}${number}`,
    purchase_order_number: `PO-${7000 + number}`,
    invoice_date: day(today, 0),
    due_date: day(today, 30),
    billing_currency: 'EUR',
    timezone: 'Europe/Amsterdam',
    customer: customer(prefix, number),
    billing_entity: SELLER,
    invoice_amount_including_tax: eur(cents + tax),
    periods: [
      {
        start_at: day(today, -30),
        end_at: day(today, 0),
        groups: [{ description: 'Platform', lines: priced.map(({ line }) => line) }],
      },
    ],
    tax_categories: [{ ...summary, percentage: '21', name: 'VAT', category: 'STANDARD' }],
    tax_summary: { ...summary, country_code: 'NL' },
    payment_actions: [{ type: 'BANK_ACCOUNT', bank_account: BANK_ACCOUNT }],
    notes: ['Thank you for your business.'],
  };
}

/** Where the invoice is paid. */
export const BANK_ACCOUNT = { legal_name: 'Noorderlicht Software B.V.', iban: 'NL91ABNA0417164300', bic: 'ABNANL2A' };

const SELLER: Json = {
  reference: 'noorderlicht',
  legal_name: 'Noorderlicht Software B.V.',
  tax_id: 'NL001234567B01',
  registration_number: '34567890',
  email: 'billing@noorderlicht.example',
  registered_address: { line1: 'Herengracht 182', city: 'Amsterdam', postal_code: '1016 BR', country: 'NL' },
};

function customer(prefix: string, number: number): Json {
  return {
    reference: `${prefix}${number}`,
    type: 'ORGANIZATION',
    email: addressOf(prefix, number),
    locale: 'en-GB',
    timezone: 'Europe/London',
    organization: {
      legal_name: `Harbour Coffee ${prefix}${number} Ltd`,
      tax_id: `GB${100_000_000 + number}`,
      registered_address: {
        line1: `${number} ${STREETS[number % STREETS.length] ?? ''}`,
        city: 'Bristol',
        postal_code: `BS${1 + (number % 9)} 4RN`,
        country: 'GB',
      },
    },
  };
}

function pricedLine(number: number, i: number): { line: Json; cents: number } {
  const [name, price] = PRODUCTS[i % PRODUCTS.length] ?? PRODUCTS[0];
  const units = 1 + ((number * 7 + i * 3) % 19);
  const cents = Math.round(Number(price) * 100) * units;
  const line = {
    description: i < PRODUCTS.length ? name : `${name} (${1 + Math.floor(i / PRODUCTS.length)})`,
    type: 'REVENUE',
    pricing_type: 'FIXED',
    amount_excluding_tax: eur(cents),
    amount_including_tax: eur(cents + Math.round(cents * 0.21)),
    meter_value: { type: 'NUMBER', number: String(units), reference: 'EACH' },
    details: { band: { amount: { quantity: price, currency: 'EUR' } } },
    tax_categories: [{ percentage: '21', name: 'VAT' }],
  };
  return { line, cents };
}

function eur(cents: number): Json {
  return { quantity: (cents / 100).toFixed(2), currency: 'EUR' };
}

function day(today: Date, offset: number): string {
  return `${new Date(today.getTime() + offset * 86_400_000).toISOString().slice(0, 10)}T00:00:00Z`;
}
