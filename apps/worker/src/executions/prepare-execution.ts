import { createHash } from 'node:crypto';
import { emailConfig, type EmailConfig } from '#actions/send-email-to-customer/email-config';
import { type SendEmailToCustomer, type SendEmailPreparation } from '#actions/send-email-to-customer/handler';
import { type StoredMessage, toEmailMessage } from '#actions/prepared-mail';
import { findInvoicePdf, storeInvoicePdf } from '#billing/invoices/invoice-pdf.repository';
import { type MailFacts } from '#billing/mail-facts';
import { publishPayLink } from '#billing/payment-links/publish-pay-link';
import { type Database } from '#database/database';
import { type Statement } from '#database/statement';
import { composeMime, envelopeOf } from '#email/compose-mime';
import { type OutgoingMail } from '#email/email-provider';
import { PermanentFailure } from '#kernel/failures';
import { type ClaimedExecution, type ExecutionKey } from '#ledger/data/claim';
import { giveBack } from '#ledger/data/give-back';
import {
  readPreparation,
  reusePreparation,
  type StoreAnswer,
  type StoredPreparation,
  storePreparation,
} from '#ledger/data/preparation';
import { settle } from '#ledger/data/settle';
import { type Outcome } from '#ledger/domain/execution-state';
import { reopenStep } from '#workflows/advance-cadence';
import { type CadenceKey } from '#workflows/data/cadence.repository';
import { type ExecutionDefinition } from '#workflows/data/execution-definition';
import { timedResource } from '#workflows/timed-resources';
import { findVariant } from '#workflows/variants/index';
import { type WorkflowVariant } from '#workflows/variants/workflow-variant';
import { type Claimed, claimTogether, revisionsOf, sameRevisions } from './claimed.js';
import { type EmailRoute, type EmailRoutes } from './email-routes.js';
import { Gathered } from './gathered.js';
import { AnchorMoved, whyNotSent } from './may-be-sent.js';

export { AnchorMoved };

export interface ClaimedWork extends Claimed {
  /** What the last preparation stored, when nothing has changed since: it is sent again with the same bytes (rule 7). */
  replay: StoredPreparation | null;
  storedPdf: Uint8Array | null;
}

/** Prepared and stored; the gate decides whether it leaves. */
export interface ReadyMail {
  preparation: number;
  mail: OutgoingMail;
  route: EmailRoute;
}

type Prepared = Exclude<SendEmailPreparation, { skipped: unknown }>;

/** ⑤ and ⑥: takes an execution, decides on fresh facts, renders, and stores all of it before any byte leaves. */
export class PrepareExecution {
  private readonly claims: Gathered<ExecutionKey, Claimed | null>;

  constructor(
    private readonly database: Database,
    private readonly action: SendEmailToCustomer,
    private readonly routes: EmailRoutes,
    private readonly leaseMs: number,
  ) {
    this.claims = new Gathered(
      ({ executionId }) => executionId,
      (keys) => claimTogether(database, keys, leaseMs),
    );
  }

  /** @returns null when there is nothing to take: finished, not due, or another's. */
  async claim(key: ExecutionKey): Promise<ClaimedWork | null> {
    const claimed = await this.claims.do(key);
    if (!claimed) return null;
    const { execution, definition, facts } = claimed;
    const unchanged = sameRevisions(execution.facts, revisionsOf(definition, facts));
    const replay = execution.preparation > 0 && unchanged ? await readPreparation(this.database, execution) : null;
    const config = (definition?.config ?? {}) as EmailConfig;
    const wantsPdf = config.invoice?.include_pdf === true;
    return { ...claimed, replay, storedPdf: wantsPdf ? await this.storedPdf(execution, facts) : null };
  }

  /**
   * @returns the mail; how the execution ends without one; null when it was taken over meanwhile.
   * @throws a Failure (AnchorMoved among them) for the ledger.
   */
  async prepare(work: ClaimedWork): Promise<ReadyMail | Outcome | 'STALE' | null> {
    const { execution, definition, facts } = work;
    const variant = variantOf(definition, execution);
    const refusal = whyNotSent(execution, definition, facts, variant);
    if (refusal) return refusal;
    const route = this.routes.to(facts);
    if (work.replay) return this.replay(work, work.replay, route);
    return this.prepareAnew(work, variant, route);
  }

  async giveBack(execution: ClaimedExecution, delayMs: number): Promise<void> {
    await this.database.query(giveBack(execution, delayMs));
  }

  /**
   * Ends an execution whose anchor has moved, and lets its step fall due again by the new one: both or neither, so that a
   * step that was sent meanwhile is never opened again.
   */
  async skipMovedStep(execution: ClaimedExecution, moved: AnchorMoved): Promise<void> {
    const { step } = execution;
    const cadence = cadenceOf(execution);
    await this.database.transaction(async (tx) => {
      if (cadence) await timedResource(cadence.resourceType).lock(tx, cadence.platformId, cadence.resourceId);
      const skipped = settle(execution, { state: 'SKIPPED', reason: moved.code, message: moved.message });
      const ours = await tx.$queryRaw<unknown[]>(skipped);
      if (ours.length > 0 && cadence && step) await reopenStep(tx, cadence, step);
    });
  }

  private async replay({ execution, storedPdf }: ClaimedWork, stored: StoredPreparation, route: EmailRoute) {
    const message = JSON.parse(stored.parts.message ?? '{}') as StoredMessage;
    const email = toEmailMessage(message, stored.parts.html ?? '', stored.parts.text ?? '', storedPdf);
    const mime = await composeMime(email);
    if (sha256(mime) !== stored.mimeSha256) {
      throw new PermanentFailure(
        'REPLAY_DIFFERS',
        'The stored mail cannot be sent again with the same bytes. Look at its content, then retry to prepare it anew.',
      );
    }
    const ours = await this.database.query(reusePreparation(execution, this.leaseMs));
    return ours.length > 0 ? readyMail(execution.preparation, message, envelopeOf(email), mime, route) : null;
  }

  private async prepareAnew(work: ClaimedWork, variant: WorkflowVariant, route: EmailRoute) {
    const { execution, definition, facts } = work;
    const number = execution.preparation + 1;
    const made = await this.action.prepare({
      executionId: execution.id,
      preparation: number,
      platformId: execution.platformId,
      variant: variant.variant,
      config: emailConfig.parse(definition?.config ?? {}),
      facts,
      now: execution.claimedAt,
      variables: (format) => variant.variables(facts, format, execution.claimedAt, definition?.workflow.config),
      storedPdf: work.storedPdf,
    });
    if ('skipped' in made) return { state: 'SKIPPED', ...made.skipped } as const;
    const email = toEmailMessage(made.message, made.html, made.text, made.pdf?.bytes ?? null);
    const mime = await composeMime(email);
    const stored = await this.store(work, made, number, sha256(mime), route);
    if (stored === 'LOST') return null;
    // Somebody printed the same revision a moment earlier and differently (another locale): his document stands.
    if (stored === 'FOREIGN_DOCUMENT') return 'STALE';
    return readyMail(number, made.message, envelopeOf(email), mime, route);
  }

  private async store(
    { execution, definition, facts }: ClaimedWork,
    made: Prepared,
    number: number,
    mimeSha256: string,
    route: EmailRoute,
  ): Promise<StoreAnswer> {
    const { customerId } = execution;
    const { message, pdf } = made;
    const documentRevision = pdf ? (facts.invoice?.documentRevision ?? null) : null;
    const preparation = {
      number,
      mimeSha256,
      renderedAfterMs: made.renderedAfterMs,
      facts: revisionsOf(definition, facts),
      parts: { message: JSON.stringify(message), html: made.html, text: made.text },
      subject: message.subject,
      recipients: recipientLists(message),
      template: made.template,
      locale: message.locale,
      integrationId: route.integrationId,
      provider: route.provider.name,
      messageId: message.messageId,
      pdfSha256: pdf?.sha256 ?? null,
      documentRevision,
      paymentLink: made.paymentLink,
      printedAfterMs: made.printedAfterMs,
    };
    return storePreparation(this.database, execution, preparation, this.leaseMs, alongside(facts, customerId, made));
  }

  private async storedPdf({ platformId }: ClaimedExecution, { invoice }: MailFacts): Promise<Uint8Array | null> {
    if (!invoice?.printed) return null;
    const revision = { platformId, invoiceId: invoice.id, documentRevision: invoice.documentRevision };
    const [stored] = await this.database.query(findInvoicePdf(revision));
    return stored?.bytes ?? null;
  }
}

/** The cadence that planned the execution; null when it is about nothing that a calendar follows. */
function cadenceOf({ platformId, workflowId, invoiceId, scheduleId }: ClaimedExecution): CadenceKey | null {
  const owner = { platformId, workflowId };
  if (scheduleId) return { ...owner, resourceType: 'PRICING_PLAN_SUBSCRIPTION', resourceId: scheduleId };
  return invoiceId ? { ...owner, resourceType: 'INVOICE', resourceId: invoiceId } : null;
}

function variantOf(definition: ExecutionDefinition | null, { variant }: ClaimedExecution): WorkflowVariant {
  const found = findVariant(definition?.workflow.type ?? '', variant);
  if (!found)
    throw new PermanentFailure('VARIANT_NOT_SERVED', `This version cannot run workflows of the variant ${variant}.`);
  return found;
}

/** What the mail refers to, on record before it leaves: the document that it carries and the link that it shows. */
function alongside({ platform, invoice }: MailFacts, customerId: string | null, made: Prepared): Statement[] {
  if (!invoice) return [];
  const { id: invoiceId, documentRevision } = invoice;
  const { pdf, portalUrlId } = made;
  const revision = { platformId: platform.id, invoiceId, documentRevision };
  const link = { platformId: platform.id, invoiceId, customerId };
  return [
    ...(pdf?.pages ? [storeInvoicePdf(revision, { ...pdf, pages: pdf.pages })] : []),
    ...(portalUrlId ? [publishPayLink({ ...link, portalUrlId })] : []),
  ];
}

function recipientLists({ recipients, leftOut }: StoredMessage): object {
  const addresses = (list: { email: string }[]) => list.map(({ email }) => email);
  return {
    to: addresses(recipients.to),
    cc: addresses(recipients.cc),
    bcc: addresses(recipients.bcc),
    refused: [],
    ...(leftOut.length > 0 ? { left_out: leftOut } : {}),
  };
}

function readyMail(
  preparation: number,
  message: StoredMessage,
  envelope: { from: string; to: string[] },
  mime: Uint8Array,
  route: EmailRoute,
): ReadyMail {
  const required = envelope.to[0] ?? '';
  return { preparation, route, mail: { envelope: { ...envelope, required }, mime, messageId: message.messageId } };
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
