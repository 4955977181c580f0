import { addressOf, benchInvoice } from '../bench-invoice.js';

/** One kind of write that is measured. */
export interface Write {
  label: string;
  method: 'POST' | 'PUT';
  path: string;
  /** @param paid id of an invoice that a payment can be for. */
  body: (prefix: string, index: number, paid: string) => object;
}

/** In the order of each round: an invoice is there before it is paid. */
export const WRITES = {
  CUSTOMER: {
    label: 'POST /v1/customers',
    method: 'POST',
    path: '/v1/customers',
    body: (prefix, index) => ({
      reference: `${prefix}${index}`,
      type: 'ORGANIZATION',
      email: addressOf(prefix, index),
      locale: 'en-GB',
      timezone: 'Europe/London',
      organization: {
        legal_name: `Harbour Coffee ${prefix}${index} Ltd`,
        tax_id: `GB${100_000_000 + index}`,
        registered_address: { line1: `${index} Mill Road`, city: 'Bristol', postal_code: 'BS1 4RN', country: 'GB' },
      },
    }),
  },
  INVOICE: {
    label: 'PUT /v1/invoices, new customer inside',
    method: 'PUT',
    path: '/v1/invoices?record_only=true',
    body: (prefix, index) => benchInvoice(prefix, index, LINES, new Date()),
  },
  PAYMENT: {
    label: 'POST /v1/payments, pays an invoice',
    method: 'POST',
    path: '/v1/payments?record_only=true',
    body: (prefix, index, paid) => ({
      invoice_id: paid,
      result: 'AUTHORIZED',
      external_reference: `${prefix}${index}`,
      amount: { quantity: '10.00', currency: 'EUR' },
    }),
  },
} as const satisfies Record<string, Write>;

export type WriteName = keyof typeof WRITES;

const LINES = 10;
