import { Prisma } from '#database/database';
import { defineListing } from '../http/listing.js';
import { PAYMENT_RESULTS } from './payment.wire.js';

export const paymentListing = defineListing({
  table: 'payment',
  softDeleted: false,
  fields: {
    id: { sql: 'id', kind: 'text', filter: true },
    reference: { sql: 'reference', kind: 'text', nullable: true, filter: true, text: true },
    external_reference: { sql: 'external_reference', kind: 'text', nullable: true, filter: true, text: true },
    customer_id: { sql: 'customer_id', kind: 'text', nullable: true, filter: true },
    invoice_id: { sql: 'invoice_id', kind: 'text', nullable: true, filter: true },
    result: { sql: 'result', kind: 'text', filter: true, order: true, values: PAYMENT_RESULTS },
    created_at: { sql: 'created_at', kind: 'time', filter: true, order: true },
    updated_at: { sql: 'updated_at', kind: 'time', filter: true, order: true },
  },
});

/** Only what was paid, or tried to be paid, on one invoice. */
export function ofInvoice(invoiceId: string): Prisma.Sql {
  return Prisma.sql`invoice_id = ${invoiceId}`;
}
