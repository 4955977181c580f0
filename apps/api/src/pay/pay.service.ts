import { Injectable } from '@nestjs/common';
import { findInvoice } from '#billing/invoices/invoice.repository';
import { displayName } from '#billing/mail-facts';
import { openInvoicesOf } from '#billing/portal-urls/open-invoices';
import { PayLinks } from '#billing/payment-links/pay-link';
import { readMailFacts } from '#billing/read-mail-facts';
import { Database, type PortalUrl } from '#database/database';
import { calendarDays, firstZone } from '#kernel/local-time';
import { customerPage } from './customer-page.js';
import { payPage, payProblemPage } from './pay-page.js';
import { payView } from './pay-view.js';
import { optionsOf } from './portal-options.js';

const NOTHING = { invoiceId: null, paymentId: null, integrationId: null };

export interface PageAnswer {
  status: number;
  html: string;
}

@Injectable()
export class PayService {
  constructor(
    private readonly database: Database,
    private readonly payLinks: PayLinks,
  ) {}

  /**
   * What a link opens as it is now: its invoice, or what its customer has still to pay; a friendly page for a link that opens
   * nothing.
   * @param invoiceId one of the customer's invoices, for a customer's link; null for what the link itself is for.
   * @param language of a reader we do not know.
   */
  async page(token: string, language: string, invoiceId: string | null = null): Promise<PageAnswer> {
    const link = await this.linkOf(token);
    const problem = problemOf(link, new Date());
    if (!link || problem) return problemAnswer(problem ?? 'UNKNOWN', language);
    if (link.type === 'CUSTOMER' && invoiceId === null) return this.customer(link, token, language);
    const shown = await this.shownInvoice(link, invoiceId);
    const page = shown === null ? null : await this.invoice(link, shown);
    return page ?? problemAnswer('UNKNOWN', language);
  }

  private async linkOf(token: string): Promise<PortalUrl | null> {
    const id = this.payLinks.open(token);
    return id === null ? null : this.database.client.portalUrl.findUnique({ where: { id } });
  }

  private async invoice(link: PortalUrl, invoiceId: string): Promise<PageAnswer | null> {
    const { platformId, customerId } = link;
    const facts = await readMailFacts(this.database, { ...NOTHING, platformId, customerId, invoiceId });
    if (!facts.invoice) return null;
    const view = payView(facts, facts.invoice, new Date());
    const offered = optionsOf(link).paysOpenInvoices ? view : { ...view, bankAccounts: [], redirects: [] };
    return { status: 200, html: payPage(offered) };
  }

  private async customer(link: PortalUrl, token: string, language: string): Promise<PageAnswer> {
    const { platformId, customerId } = link;
    const { customer, platform } = await readMailFacts(this.database, { ...NOTHING, platformId, customerId });
    const zone = firstZone(customer?.timezone, platform.timezone);
    const now = new Date();
    const open = optionsOf(link).showsInvoices ? await openInvoicesOf(this.database, platformId, customerId ?? '') : [];
    const view = {
      locale: customer?.locale ?? platform.locale ?? language,
      zone,
      platformName: platform.name,
      customerName: customer && displayName(customer.document),
      invoices: open.map(({ id, dueDate, ...invoice }) => ({
        ...invoice,
        dueDate: dueDate?.toISOString() ?? null,
        isOverdue: dueDate !== null && calendarDays(dueDate, now, zone) > 0,
        url: `/pay/${token}/${encodeURIComponent(id)}`,
      })),
    };
    return { status: 200, html: customerPage(view) };
  }

  /** The one invoice that the link is for; for a customer's link the one that is asked for, when it is his. */
  private async shownInvoice(link: PortalUrl, asked: string | null): Promise<string | null> {
    const { platformId, type, customerId } = link;
    if (type !== 'CUSTOMER') return asked === null ? link.invoiceId : null;
    const invoice = asked === null ? null : await findInvoice(this.database.client, platformId, asked);
    return invoice?.customerId === customerId ? invoice.id : null;
  }
}

type Problem = 'UNKNOWN' | 'EXPIRED' | 'REVOKED';

function problemOf(link: PortalUrl | null, now: Date): Problem | null {
  if (!link) return 'UNKNOWN';
  if (link.status === 'REVOKED') return 'REVOKED';
  return link.expiresAt !== null && link.expiresAt <= now ? 'EXPIRED' : null;
}

function problemAnswer(problem: Problem, language: string): PageAnswer {
  return { status: problem === 'UNKNOWN' ? 404 : 410, html: payProblemPage(problem, language) };
}
