import { Injectable } from '@nestjs/common';
import { invoicePrintRequest } from '#actions/invoice-print-request';
import { findInvoicePdf, markDownloaded, storeInvoicePdf } from '#billing/invoices/invoice-pdf.repository';
import { PayLinks } from '#billing/payment-links/pay-link';
import { publishPayLink } from '#billing/payment-links/publish-pay-link';
import { readMailFacts } from '#billing/read-mail-facts';
import { type InvoiceRow } from '#billing/invoices/invoice.repository';
import { Database } from '#database/database';
import { InvoicePrinter } from '#documents/invoice-printer';
import { DomainError } from '#kernel/errors';
import { PermanentFailure } from '#kernel/failures';

/** The document of an invoice: printed once per revision and stored, the same bytes that its mails carry (rule 12). */
@Injectable()
export class InvoicePdfService {
  constructor(
    private readonly database: Database,
    private readonly printer: InvoicePrinter,
    private readonly payLinks: PayLinks,
  ) {}

  /**
   * Before FINAL: a watermarked draft, never stored.
   * @throws DomainError UNABLE_TO_PROCESS_INSTRUCTIONS when the document cannot be printed: says why.
   */
  async pdf({ platformId, id, customerId, status, documentRevision }: InvoiceRow): Promise<Uint8Array> {
    const revision = { platformId, invoiceId: id, documentRevision };
    const isDraft = status === 'OPEN' || status === 'DRAFT';
    const [stored] = isDraft ? [] : await this.database.query(findInvoicePdf(revision));
    if (stored) {
      await this.database.query(markDownloaded(revision));
      return stored.bytes;
    }
    const facts = await readMailFacts(this.database, {
      platformId,
      customerId,
      invoiceId: id,
      paymentId: null,
      integrationId: null,
    });
    if (!facts.invoice) throw DomainError.notFound('INVOICE', id);
    const request = invoicePrintRequest(facts, facts.invoice, this.payLinks);
    const printed = await this.print(request);
    if (request.draft) return printed.bytes;
    const current = { ...revision, documentRevision: facts.invoice.documentRevision };
    const portalUrlId = this.payLinks.portalUrlId(platformId, id);
    const link = publishPayLink({ platformId, portalUrlId, invoiceId: id, customerId });
    await this.database.together([
      storeInvoicePdf(current, printed),
      markDownloaded(current),
      ...(request.payLink ? [link] : []),
    ]);
    const [kept] = await this.database.query(findInvoicePdf(current));
    return kept?.bytes ?? printed.bytes;
  }

  private async print(request: ReturnType<typeof invoicePrintRequest>) {
    try {
      return await this.printer.print(request);
    } catch (error) {
      if (!(error instanceof PermanentFailure)) throw error;
      throw new DomainError('UNABLE_TO_PROCESS_INSTRUCTIONS', `The document cannot be printed: ${error.message}`, {
        resourceType: 'INVOICE',
      });
    }
  }
}
