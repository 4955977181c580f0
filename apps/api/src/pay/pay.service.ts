import { Injectable } from '@nestjs/common';
import { PayLinks } from '#billing/payment-links/pay-link';
import { readMailFacts } from '#billing/read-mail-facts';
import { Database } from '#database/database';
import { payPage, payProblemPage } from './pay-page.js';
import { payView } from './pay-view.js';

interface PageAnswer {
  status: number;
  html: string;
}

@Injectable()
export class PayService {
  constructor(
    private readonly database: Database,
    private readonly payLinks: PayLinks,
  ) {}

  /** The invoice as it is now, or a friendly page for a link that opens nothing. @param language of a reader we do not know. */
  async page(token: string, language: string): Promise<PageAnswer> {
    const portalUrlId = this.payLinks.open(token);
    const link = portalUrlId ? await this.database.client.portalUrl.findUnique({ where: { id: portalUrlId } }) : null;
    if (!link?.invoiceId) return { status: 404, html: payProblemPage('UNKNOWN', language) };
    if (link.status === 'REVOKED') return { status: 410, html: payProblemPage('REVOKED', language) };
    if (link.expiresAt && link.expiresAt.getTime() < Date.now()) {
      return { status: 410, html: payProblemPage('EXPIRED', language) };
    }
    const { platformId, customerId, invoiceId } = link;
    const subject = { platformId, customerId, invoiceId, paymentId: null, integrationId: null };
    const facts = await readMailFacts(this.database, subject);
    if (!facts.invoice) return { status: 404, html: payProblemPage('UNKNOWN', language) };
    return { status: 200, html: payPage(payView(facts, facts.invoice, new Date())) };
  }
}
