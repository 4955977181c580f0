import { createHash } from 'node:crypto';
import { type MailFacts, displayName, optedOutOfInvoiceMail } from '#billing/mail-facts';
import { type PayLinks, somethingToPay } from '#billing/payment-links/pay-link';
import { isUsable, waysToPay } from '#billing/payment-links/ways-to-pay';
import { type InvoicePrinter } from '#documents/invoice-printer';
import { asciiAddress } from '#email/message/address';
import { resolveRecipients } from '#email/message/resolve-recipients';
import { type Formatter } from '#kernel/format';
import { PermanentFailure } from '#kernel/failures';
import { firstZone } from '#kernel/local-time';
import { type MailRenderer } from '#templates/render-mail';
import { type TemplateVariables } from '#templates/template-variables';
import { invoicePrintRequest } from '../invoice-print-request.js';
import { type StoredAttachment, type StoredMessage } from '../prepared-mail.js';
import { type EmailConfig } from './email-config.js';
import { OPTIONS } from './email-rules.js';
import { mailVariables } from './mail-variables.js';

export interface SendEmailJob {
  executionId: string;
  preparation: number;
  platformId: string;
  variant: string;
  config: EmailConfig;
  facts: MailFacts;
  /** The instant of the preparation in database time: the mail's `Date`. */
  now: Date;
  /** What the workflow's variant lets its template use. */
  variables: (format: Formatter) => TemplateVariables;
  /** The invoice's stored document of this revision; null when it has not been printed yet. */
  storedPdf: Uint8Array | null;
}

export type SendEmailPreparation =
  | { skipped: { reason: string; message: string } }
  | {
      message: StoredMessage;
      html: string;
      text: string;
      template: string;
      pdf: { bytes: Uint8Array; pages: number | null; sha256: string } | null;
      /** The link, `NOTHING_TO_PAY` when one was asked for and nothing is to pay, null when none was asked for. */
      paymentLink: string | null;
      portalUrlId: string | null;
      /** Milliseconds since the start, by the process's stopwatch. */
      renderedAfterMs: number;
      printedAfterMs: number | null;
    };

const NOTHING_TO_PAY = 'NOTHING_TO_PAY';

/** Prepares `SEND_EMAIL_TO_CUSTOMER`: decides who gets what and makes it; nothing is stored or sent here. */
export class SendEmailToCustomer {
  constructor(
    private readonly renderer: MailRenderer,
    private readonly printer: InvoicePrinter,
    private readonly payLinks: PayLinks,
  ) {}

  /** @throws {PermanentFailure} with the reason that the operator reads. */
  async prepare(job: SendEmailJob): Promise<SendEmailPreparation> {
    const startedAt = performance.now();
    const { config, facts } = job;
    if (config.variant === 'INVOICE' && optedOutOfInvoiceMail(facts.customer?.document.notification_preferences)) {
      const message = 'The customer has switched off invoice mail (notification_preferences).';
      return { skipped: { reason: 'RECIPIENT_OPTED_OUT', message } };
    }
    const { recipients, left_out: leftOut } = this.recipients(job);
    const link = this.paymentLink(job);
    const printing = config.invoice?.include_pdf ? this.pdf(job) : null;
    // Awaited below; a failure meanwhile must not count as unhandled.
    printing?.catch(() => undefined);
    const mail = await this.render(job, link, printing !== null);
    const renderedAfterMs = performance.now() - startedAt;
    const pdf = await printing;
    const message = this.message(job, { recipients, leftOut, subject: mail.subject, locale: mail.locale, pdf });
    return {
      message,
      html: mail.html,
      text: mail.text,
      template: mail.template,
      pdf,
      paymentLink: link,
      portalUrlId: this.needsPortalUrl(job, link, pdf !== null),
      renderedAfterMs,
      printedAfterMs: pdf ? performance.now() - startedAt : null,
    };
  }

  private recipients({ config, facts }: SendEmailJob) {
    const block = config[blockOf(config)];
    const contacts = block?.include_customer_contacts_as_cc ? facts.contacts : [];
    const invited = contacts.filter(
      (contact) => config.variant !== 'INVOICE' || !optedOutOfInvoiceMail(contact.notification_preferences),
    );
    const decision = resolveRecipients({
      customer: { email: facts.customer?.email ?? null, name: facts.customer && displayName(facts.customer.document) },
      cc: config.cc_recipients ?? [],
      bcc: config.bcc_recipients ?? [],
      contacts: invited.map((contact) => ({ email: contact.email ?? null, name: displayName(contact) })),
    });
    if ('problem' in decision) throw new PermanentFailure(decision.problem, decision.message);
    return decision;
  }

  private paymentLink({ config, facts, platformId }: SendEmailJob): string | null {
    if (!config.invoice?.include_payment_link) return null;
    if (!facts.invoice || !somethingToPay(facts.invoice)) return NOTHING_TO_PAY;
    if (!isUsable(waysToPay(facts.invoice.document, facts.paymentAcceptors))) {
      throw new PermanentFailure(
        'PAYMENT_LINK_UNAVAILABLE',
        'The mail is to carry a payment link, but the invoice has no way to be paid. Give its billing entity an ACTIVE payment acceptor (or the invoice payment_actions), or switch include_payment_link off, and retry.',
      );
    }
    return this.payLinks.url(platformId, facts.invoice.id);
  }

  private async render({ config, facts, variant, variables }: SendEmailJob, link: string | null, hasPdf: boolean) {
    const { invoice, customer, platform } = facts;
    const pays = invoice !== null && somethingToPay(invoice);
    const extras = {
      paymentLink: link === NOTHING_TO_PAY ? null : link,
      hasPdf,
      bankAccounts: pays ? waysToPay(invoice.document, facts.paymentAcceptors).bankAccounts : [],
      variant,
    };
    return this.renderer.render({
      templateName: config.template_name ?? '',
      ...askedLanguages(facts),
      zone: firstZone(invoice?.document.timezone, customer?.timezone, platform.timezone),
      subject: config.subject ?? null,
      variables: (format) => ({ ...mailVariables(facts, extras, format.locale), ...variables(format) }),
    });
  }

  private async pdf({ facts, storedPdf }: SendEmailJob) {
    const { invoice } = facts;
    if (!invoice) throw new PermanentFailure('INVOICE_MISSING', 'The mail is to carry a PDF, but there is no invoice.');
    if (storedPdf) return { bytes: storedPdf, pages: null, sha256: sha256(storedPdf) };
    return this.printer.print(invoicePrintRequest(facts, invoice, this.payLinks));
  }

  private needsPortalUrl({ platformId, facts }: SendEmailJob, link: string | null, hasPdf: boolean): string | null {
    if (!facts.invoice || !somethingToPay(facts.invoice)) return null;
    return link !== null || hasPdf ? this.payLinks.portalUrlId(platformId, facts.invoice.id) : null;
  }

  private message(
    { config, facts, executionId, preparation, now }: SendEmailJob,
    made: Pick<StoredMessage, 'recipients' | 'leftOut' | 'subject' | 'locale'> & {
      pdf: { bytes: Uint8Array; sha256: string } | null;
    },
  ): StoredMessage {
    const { pdf, ...parts } = made;
    const from = config.from;
    if (!from?.email)
      throw new PermanentFailure('SENDER_MISSING', 'The action has no sender; set from.email and retry.');
    const id = `${executionId}.${preparation}`;
    return {
      ...parts,
      messageId: `<${id}@${asciiAddress(from.email).split('@').at(-1) ?? 'localhost'}>`,
      date: new Date(Math.floor(now.getTime() / 1000) * 1000).toISOString(),
      from: { ...from, email: from.email },
      replyTo: mailbox(config.reply_to),
      boundarySeed: id,
      headers: { 'X-Execution-Id': executionId },
      attachments: pdf ? [attachmentOf(pdf, facts)] : [],
    };
  }
}

/** An integration may want every mail from the template that the action names, whatever language its reader has (b.15). */
function askedLanguages({ customer, platform, integration }: MailFacts) {
  const provider = integration?.document.email_provider as { use_localized_templates?: boolean | null } | undefined;
  const isLocalized = provider?.use_localized_templates !== false;
  return isLocalized
    ? { locale: customer?.locale ?? null, platformLocale: platform.locale }
    : { locale: null, platformLocale: null };
}

function mailbox(stated: EmailConfig['reply_to']): StoredMessage['replyTo'] {
  return stated?.email ? { ...stated, email: stated.email } : null;
}

function attachmentOf(pdf: { bytes: Uint8Array; sha256: string }, { invoice }: MailFacts): StoredAttachment {
  const number = invoice?.document.invoice_number ?? invoice?.id ?? '';
  return {
    filename: `invoice-${fileName(number)}.pdf`,
    contentType: 'application/pdf',
    sha256: pdf.sha256,
    size: pdf.bytes.length,
  };
}

function blockOf({
  variant,
}: EmailConfig): keyof Pick<EmailConfig, 'invoice' | 'payment' | 'pricing_plan_subscription' | 'wallet'> {
  return OPTIONS[variant ?? 'INVOICE'];
}

/** Numbers such as `2024/0042` become names that every file system takes. */
function fileName(number: string): string {
  return number.replace(/[^\p{L}\p{N}._-]+/gu, '-').slice(0, 100);
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
