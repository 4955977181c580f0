import { type Chapter, EXAMPLE_IDS, type Json, resource } from '../documentation/chapter.js';

const eur = (quantity: string) => ({ quantity, currency: 'EUR' });

const content = {
  invoice_date: '2026-02-01T00:00:00Z',
  due_date: '2026-03-03T00:00:00Z',
  billing_currency: 'EUR',
  timezone: 'Europe/Amsterdam',
  invoice_amount_including_tax: eur('121.00'),
  periods: [
    {
      start_at: '2026-01-01T00:00:00Z',
      end_at: '2026-02-01T00:00:00Z',
      groups: [
        {
          description: 'Platform',
          lines: [
            {
              description: 'Subscription, January',
              amount_excluding_tax: eur('100.00'),
              amount_including_tax: eur('121.00'),
              tax_categories: [{ percentage: '21', name: 'VAT' }],
            },
          ],
        },
      ],
    },
  ],
};

const oneOff = {
  type: 'ONE_OFF',
  customer_id: EXAMPLE_IDS.customer,
  billing_entity_id: EXAMPLE_IDS.billingEntity,
  ...content,
  notes: ['Thank you for your order.'],
};

const whole = {
  type: 'STANDARD',
  status: 'FINAL',
  invoice_number: '2026-0042',
  customer: {
    reference: 'harbour-coffee',
    type: 'ORGANIZATION',
    email: 'finance@harbour-coffee.example',
    organization: { legal_name: 'Harbour Coffee Roasters Ltd' },
  },
  billing_entity: { reference: 'noorderlicht', legal_name: 'Noorderlicht Software B.V.' },
  ...content,
  payment_actions: [
    {
      type: 'BANK_ACCOUNT',
      bank_account: { legal_name: 'Noorderlicht Software B.V.', iban: 'NL91ABNA0417164300', reference: '2026-0042' },
    },
  ],
};

const invoice: Json = resource('INVOICE', EXAMPLE_IDS.invoice, {
  platform_id: EXAMPLE_IDS.platform,
  ...oneOff,
  status: 'DRAFT',
  payment_status: 'UNPAID',
  paid: false,
  paid_invoice_amount: eur('0.00'),
  open_invoice_amount: eur('121.00'),
});

export const invoiceDocs: Chapter = {
  tag: 'invoices',
  about:
    'Invoices as your billing backend made them. They start the mails about becoming FINAL and about being overdue.',
  noun: 'invoice',
  example: invoice,
  operations: {
    'GET /v1/invoices': {
      summary: 'List invoices',
      text: 'Pages of invoices, newest first unless ordered otherwise. The lines are left out unless you ask for them.',
    },
    'POST /v1/invoices': {
      summary: 'Create a one-off or credit invoice',
      text: 'Keeps amounts, lines, notes and footnote as sent; a ONE_OFF begins as DRAFT. State the customer by id, reference or in line.',
      body: oneOff,
      differs: 'Nothing is priced here: lines come as `periods` with their amounts, and amounts you state stand.',
    },
    'PUT /v1/invoices': {
      summary: 'Record an invoice as it is now',
      text: 'The whole document of a billing backend, with its customer and billing entity in line: found by `id`, else by `invoice_number`, created (201) or changed (200). An identical document changes nothing. One that becomes FINAL starts TO_FINAL workflows.',
      body: whole,
      answer: { ...invoice, ...whole, open_invoice_amount: eur('121.00'), updated_to_final_at: '2026-02-01T09:30:00Z' },
      additive: true,
    },
    'POST /v1/invoices/search': {
      summary: 'Search invoices',
      text: 'All parts of the body must hold. An empty body finds everything; a field that is not known is refused.',
      body: { filter_fields: [{ name: 'status', values: ['DRAFT', 'FINAL'] }] },
    },
    'GET /v1/invoices/{resourceId}': { summary: 'Read an invoice', text: 'One invoice with its lines.' },
    'PATCH /v1/invoices/{resourceId}': {
      summary: 'Change an invoice',
      text: 'What the body leaves out stays. `status: FINAL` makes it final: it gets a number when it has none, and its content cannot be changed any more.',
      body: { status: 'FINAL' },
      differs: 'Becoming FINAL happens when you say so; no grace period runs here.',
    },
    'GET /v1/invoices/{resourceId}/payments': {
      summary: 'List the payments of an invoice',
      text: 'Pages of its payments, newest first.',
      answer: { data: [], page: 1, limit: 50, total_number_of_pages: null, links: emptyLinks() },
    },
    'POST /v1/invoices/{resourceId}/send_by_email': {
      summary: 'Mail an invoice now',
      text: 'Starts a manual run of the TO_FINAL workflow that fits; the invoice must be FINAL. State `workflow_id` when several fit. None: 400.',
      body: {},
      differs: 'Mails through the matching TO_FINAL workflow, so that the mail is in the same ledger as all others.',
    },
    'POST /v1/invoices/{resourceId}/archive': {
      summary: 'Archive an invoice',
      text: 'Sets ARCHIVED, for good: no reminders any more.',
    },
    'GET /v1/invoices/{resourceId}/pdf': {
      summary: 'Download the document',
      text: 'The PDF. Of a FINAL invoice it is made once, and its mails carry the same bytes; before that it is a draft with a watermark.',
      differs: 'The content type is `application/pdf`.',
    },
  },
};

function emptyLinks() {
  const first = 'https://billing.example.com/v1/invoices/…/payments?page=1&limit=50';
  return { first, previous: null, current: first, next: null };
}
