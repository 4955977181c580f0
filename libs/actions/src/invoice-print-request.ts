import { type MailFacts } from '#billing/mail-facts';
import { type PayLinks, somethingToPay } from '#billing/payment-links/pay-link';
import { isUsable, waysToPay } from '#billing/payment-links/ways-to-pay';
import { type InvoiceDocument, type InvoicePrintRequest } from '#documents/printable-invoice';
import { firstZone } from '#kernel/local-time';

/** Before FINAL the document is a watermarked draft (e.67). */
const PRINTED_FOR_GOOD = ['FINAL', 'ARCHIVED', 'VOID'];

/**
 * What is printed of an invoice, for the mail and the API alike: in the customer's language and zone, with its ways to pay
 * and, when something is to pay, its payment link.
 */
export function invoicePrintRequest(
  facts: Pick<MailFacts, 'customer' | 'platform' | 'paymentAcceptors'>,
  invoice: NonNullable<MailFacts['invoice']>,
  payLinks: PayLinks,
): InvoicePrintRequest {
  const { customer, platform } = facts;
  const ways = waysToPay(invoice.document, facts.paymentAcceptors);
  return {
    // The wire schema of invoices checked the shape; what it left open, the printer reads with care.
    invoice: invoice.document as unknown as InvoiceDocument,
    locale: customer?.locale ?? platform.locale ?? 'en',
    zone: firstZone(invoice.document.timezone, customer?.timezone, platform.timezone),
    payLink: somethingToPay(invoice) && isUsable(ways) ? payLinks.url(platform.id, invoice.id) : null,
    bankAccounts: ways.bankAccounts,
    draft: !PRINTED_FOR_GOOD.includes(invoice.status),
  };
}
