import { type Chapter, EXAMPLE_IDS, resource } from '../documentation/chapter.js';

const payment = {
  external_reference: 'psp-20260214-0001',
  customer_id: EXAMPLE_IDS.customer,
  invoice_id: EXAMPLE_IDS.invoice,
  timestamp: '2026-02-14T10:00:00Z',
  amount: { quantity: '121.00', currency: 'EUR' },
  result: 'REFUSED',
  result_details: { code: 'INSUFFICIENT_FUNDS', reason: 'The account does not hold enough.' },
  payment_method_details: { type: 'CARD', card: { brand: 'visa', last_four_digits: '4242' } },
};

export const paymentDocs: Chapter = {
  tag: 'payments',
  about: 'What customers paid, or tried to, as the payment provider said it.',
  noun: 'payment',
  example: resource('PAYMENT', EXAMPLE_IDS.payment, payment),
  operations: {
    'GET /v1/payments': { summary: 'List payments', text: 'Pages of payments, newest first unless ordered otherwise.' },
    'POST /v1/payments': {
      summary: 'Record a payment',
      text: 'Records what happened elsewhere; nothing is charged. One that succeeded lowers what is open of its invoice; one that failed starts FAILED_PAYMENT workflows. The same `external_reference` is the same payment, and its later result is its next state.',
      body: payment,
      differs:
        'A repeated `external_reference` moves the payment on and counts once, where the reference says nothing.',
    },
    'GET /v1/payments/{resourceId}': { summary: 'Read a payment', text: 'One payment.' },
  },
};
