import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type InvoiceParties, type PartyChecks, settleParties } from '#billing/invoices/invoice-parties';
import { type InvoiceDocument } from '#billing/invoices/invoice-document';
import {
  findInvoice,
  findInvoiceIdByNumber,
  type InvoiceRow,
  invoicesByIds,
  lockInvoice,
} from '#billing/invoices/invoice.repository';
import { lockInvoiceNames } from '#billing/invoices/invoice-lock';
import { type InvoiceChange, writeInvoice } from '#billing/invoices/write-invoice';
import { type PaymentRow, paymentsByIds } from '#billing/payments/payment.repository';
import { type JsonObject, mergePatch } from '#billing/resources/merge-patch';
import { Database, type Transaction } from '#database/database';
import { WakeSender } from '#database/wake';
import { DomainError } from '#kernel/errors';
import { shareLock } from '#workflows/data/platform-lock';
import { recordCredit } from '#workflows/record-credit';
import { recordCustomerConsequences } from '#workflows/record-customer';
import { recordInvoiceConsequences } from '#workflows/record-invoice';
import { recordManualTrigger } from '#workflows/record-manual-trigger';
import { billingEntityCreateRequest } from '../billing-entities/billing-entity.wire.js';
import { customerCreateRequest } from '../customers/customer.wire.js';
import { validate } from '../http/validation.js';
import {
  type InvoiceCreateRequest,
  type InvoiceDocumentRequest,
  type InvoiceUpdateRequest,
  patchedInvoice,
} from './invoice.wire.js';

/** `recordOnly`: the write starts nothing, for imports (e.34). */
export interface WriteOptions {
  recordOnly: boolean;
}

@Injectable()
export class InvoicesService {
  constructor(
    private readonly database: Database,
    private readonly wake: WakeSender,
  ) {}

  /** A one-off or credit invoice; DRAFT unless it says otherwise. */
  async create(platformId: string, body: InvoiceCreateRequest, options: WriteOptions): Promise<InvoiceRow> {
    const { after } = await this.record(options, async (tx) => {
      await shareLock(tx, platformId);
      const stated = body as InvoiceDocument;
      const parties = await this.settleParties(tx, platformId, stated, null);
      if (!parties.customer_id) {
        throw DomainError.missingField('customer_id', 'State customer_id or customer_reference: who is billed?');
      }
      const document = merged({}, { ...body, ...parties });
      return writeInvoice(tx, null, {
        platformId,
        id: null,
        document,
        stated: new Set(Object.keys(body)),
        sourceSha256: null,
      });
    });
    return after;
  }

  /**
   * The whole document as its billing backend has it: found by `id`, else by `invoice_number`, else new. The same document
   * again changes nothing, also when payments have moved it meanwhile.
   */
  async put(platformId: string, body: InvoiceDocumentRequest, options: WriteOptions): Promise<InvoiceChange> {
    const sourceSha256 = createHash('sha256').update(JSON.stringify(body)).digest('hex');
    return this.record(options, async (tx) => {
      await shareLock(tx, platformId);
      const { id: statedId, ...stated } = body;
      const seen = await this.find(tx, platformId, statedId, body.invoice_number);
      if (seen?.sourceSha256 === sourceSha256) return { before: seen, after: seen, changed: false, at: new Date(0) };
      // Parties before the invoice, then the invoice: the order of locks (rule 5).
      const parties = await this.settleParties(tx, platformId, stated as InvoiceDocument, seen?.document ?? null);
      await lockInvoiceNames(tx, platformId, [statedId, body.invoice_number]);
      const found = await this.find(tx, platformId, statedId, body.invoice_number);
      const before = found ? await lockInvoice(tx, platformId, found.id) : null;
      const document = merged({}, { ...kept(before), ...stated, ...parties });
      return writeInvoice(tx, before, {
        platformId,
        id: statedId ?? null,
        document,
        stated: new Set(Object.keys(stated)),
        sourceSha256,
      });
    });
  }

  /** @throws DomainError RESOURCE_NOT_FOUND */
  async patch(platformId: string, id: string, patch: InvoiceUpdateRequest, options: WriteOptions): Promise<InvoiceRow> {
    const { after } = await this.record(options, async (tx) => {
      await shareLock(tx, platformId);
      // The parties inside an invoice are copies: a client that sends back what it read must not change them.
      const { customer: _customer, billing_entity: _seller, ...stated } = patch;
      const before = await lockInvoice(tx, platformId, id);
      if (!before) throw DomainError.notFound('INVOICE', id);
      const moved = movedParties(stated as InvoiceDocument, before.document);
      const parties = await this.settleParties(tx, platformId, moved, before.document);
      const document = merged(before.document, { ...stated, ...parties });
      validate(patchedInvoice, document);
      return writeInvoice(tx, before, {
        platformId,
        id,
        document,
        stated: new Set(Object.keys(stated)),
        sourceSha256: null,
      });
    });
    return after;
  }

  /** @throws DomainError RESOURCE_NOT_FOUND */
  async get(platformId: string, id: string): Promise<InvoiceRow> {
    const row = await findInvoice(this.database.client, platformId, id);
    if (!row) throw DomainError.notFound('INVOICE', id);
    return row;
  }

  async byIds(platformId: string, ids: string[]): Promise<InvoiceRow[]> {
    return invoicesByIds(this.database.client, platformId, ids);
  }

  async paymentsByIds(platformId: string, ids: string[]): Promise<PaymentRow[]> {
    return paymentsByIds(this.database.client, platformId, ids);
  }

  /**
   * Mails a FINAL invoice by the one ACTIVE workflow TO_FINAL that matches it, as a manual trigger (e.51).
   * @param workflowId which one, where several match.
   * @throws DomainError when the invoice is not FINAL, or none or several match.
   */
  async sendByEmail(platformId: string, id: string, workflowId: string | null): Promise<InvoiceRow> {
    const invoice = await this.get(platformId, id);
    const manual = { variant: 'TO_FINAL' };
    const request = { workflowId, customerId: null, invoice: { invoice_id: id, manual } };
    await this.database.transaction((tx) => recordManualTrigger(tx, platformId, request));
    this.wake.wake();
    return invoice;
  }

  private async record(
    { recordOnly }: WriteOptions,
    write: (tx: Transaction) => Promise<InvoiceChange>,
  ): Promise<InvoiceChange> {
    const change = await this.database.transaction(async (tx) => {
      const written = await write(tx);
      await recordInvoiceConsequences(tx, written, { starts: !recordOnly });
      await recordCredit(tx, written, { starts: !recordOnly });
      return written;
    });
    if (change.changed) this.wake.wake();
    return change;
  }

  private async settleParties(
    tx: Transaction,
    platformId: string,
    stated: InvoiceDocument,
    before: InvoiceDocument | null,
  ): Promise<InvoiceParties> {
    const { parties, customer } = await settleParties(tx, platformId, stated, before, PARTY_CHECKS);
    if (customer) await recordCustomerConsequences(tx, customer);
    return parties;
  }

  private async find(
    tx: Transaction,
    platformId: string,
    id: string | null | undefined,
    number: string | null | undefined,
  ): Promise<InvoiceRow | null> {
    const found = id ?? (number ? await findInvoiceIdByNumber(tx, platformId, number) : null);
    return found ? findInvoice(tx, platformId, found) : null;
  }
}

const PARTY_CHECKS: PartyChecks = {
  customer: (document) => inside('customer', () => validate(customerCreateRequest, withType(document))),
  billingEntity: (document) => inside('billing_entity', () => validate(embeddedSeller, document)),
};

/** A billing entity that arrives inside an invoice need not have a reference: its id names it. */
const embeddedSeller = billingEntityCreateRequest.partial({ reference: true });

/** An embedded customer that does not say what it is, is what its block says. */
function withType(document: JsonObject): JsonObject {
  return document.type === undefined
    ? { ...document, type: document.individual ? 'INDIVIDUAL' : 'ORGANIZATION' }
    : document;
}

function inside<T>(block: string, check: () => T): T {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof DomainError) || !error.details.field) throw error;
    throw new DomainError(error.code, error.message, { ...error.details, field: `${block}.${error.details.field}` });
  }
}

/** What a document handed over whole keeps of the stored one: what we gave it, not the caller. */
function kept(before: InvoiceRow | null): Pick<InvoiceDocument, 'invoice_number' | 'updated_to_final_at'> {
  const { invoice_number, updated_to_final_at } = before?.document ?? {};
  return { invoice_number, updated_to_final_at };
}

/** Only names of parties that differ from the stored ones are looked up anew. */
function movedParties(stated: InvoiceDocument, before: InvoiceDocument): InvoiceDocument {
  const { customer_id, customer_reference, billing_entity_id } = stated;
  return {
    ...(customer_id !== before.customer_id ? { customer_id } : {}),
    ...(customer_reference !== before.customer_reference ? { customer_reference } : {}),
    ...(billing_entity_id !== before.billing_entity_id ? { billing_entity_id } : {}),
  };
}

function merged(before: object, stated: object): InvoiceDocument {
  return mergePatch(before as JsonObject, { ...stated, platform_id: null });
}
