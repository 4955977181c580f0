import { type InvoiceDocument } from '#billing/invoices/invoice-document';
import { type InvoiceRow, lockInvoice } from '#billing/invoices/invoice.repository';
import { type InvoiceChange, writeInvoice } from '#billing/invoices/write-invoice';
import { type PaymentDocument } from '#billing/mail-facts';
import { type PaymentRow } from '#billing/payments/payment.repository';
import { mergePatch } from '#billing/resources/merge-patch';
import { type Database, type Transaction } from '#database/database';
import { newId } from '#kernel/ids';
import { type Period } from '#kernel/period';
import { shareLock } from '#workflows/data/platform-lock';
import { insertAction } from '#workflows/data/workflow-action.repository';
import { changeWorkflow, createWorkflow } from '#workflows/define-workflow';
import { type WorkflowDefinition } from '#workflows/domain/workflow-definition';
import { recordInvoiceConsequences } from '#workflows/record-invoice';
import { recordPayment } from '#workflows/record-payment';

export const eur = (quantity: string) => ({ quantity, currency: 'EUR' });
export const days = (...values: number[]): Period[] => values.map((value) => ({ type: 'DAY', value }));

export const DAY_MS = 86_400_000;

/** The instant that lies so many days from now, as documents state it. */
export function inDays(count: number): string {
  return `${new Date(Date.now() + count * DAY_MS).toISOString().slice(0, 19)}Z`;
}

export interface WriteOptions {
  /** Starts nothing, as an import does. */
  recordOnly?: boolean;
}

/**
 * Whatever a test is about, on a platform of its own and with sensible defaults: a test names only what it is about. Writes go
 * through the functions that the API uses.
 */
export class Given {
  private constructor(
    private readonly database: Database,
    readonly platformId: string,
    readonly customerId: string,
    readonly integrationId: string,
  ) {}

  /** A platform with one customer and one integration. */
  static async platform(database: Database, overrides: { timezone?: string } = {}): Promise<Given> {
    const id = newId('platform');
    await database.client.platform.create({ data: { id, name: id, ...overrides } });
    const given = new Given(database, id, newId('customer'), newId('integration'));
    await given.customer({ id: given.customerId });
    await given.integration({ id: given.integrationId });
    return given;
  }

  async customer(
    overrides: { id?: string; status?: string; timezone?: string; document?: object } = {},
  ): Promise<string> {
    const { document: stated, ...columns } = { id: newId('customer'), ...overrides };
    const document = { type: 'ORGANIZATION', organization: { legal_name: 'Customer B.V.' }, ...stated };
    const data = { platformId: this.platformId, email: 'ap@customer.example', ...columns, document };
    await this.database.client.customer.create({ data });
    return columns.id;
  }

  async integration(overrides: { id?: string; document?: object } = {}): Promise<string> {
    const { document = {}, id = newId('integration') } = overrides;
    const kind = { type: 'EMAIL_PROVIDER', variant: 'SYSTEM', status: 'ACTIVE' };
    await this.database.client.integration.create({ data: { platformId: this.platformId, id, ...kind, document } });
    return id;
  }

  /** An ACTIVE workflow with one ACTIVE action unless `actions` says otherwise; OVERDUE ones after 7 and 15 days. */
  async workflow(
    variant: 'TO_FINAL' | 'OVERDUE' | 'FAILED_PAYMENT',
    {
      periods = days(7, 15),
      actions = 1,
      ...overrides
    }: Partial<WorkflowDefinition> & { periods?: Period[]; actions?: number } = {},
  ): Promise<string> {
    const id = await this.database.transaction(async (tx) => {
      const definition: WorkflowDefinition = {
        name: variant,
        reference: newId('request'),
        status: 'ACTIVE',
        ...(variant === 'FAILED_PAYMENT'
          ? { type: 'PAYMENT', payment: { variant } }
          : { type: 'INVOICE', invoice: { variant, ...(variant === 'OVERDUE' ? { overdue: { periods } } : {}) } }),
        ...overrides,
      };
      return (await createWorkflow(tx, this.platformId, definition)).id;
    });
    for (let made = 0; made < actions; made += 1) await this.action(id);
    return id;
  }

  async change(workflowId: string, patch: Partial<WorkflowDefinition>): Promise<void> {
    await this.database.transaction((tx) =>
      changeWorkflow(tx, this.platformId, workflowId, (current) => ({ ...current, ...patch })),
    );
  }

  /** Replaces the steps of an OVERDUE workflow. */
  async steps(workflowId: string, periods: Period[]): Promise<void> {
    await this.change(workflowId, { invoice: { variant: 'OVERDUE', overdue: { periods } } });
  }

  async action(
    workflowId: string,
    overrides: { config?: object; status?: 'ACTIVE' | 'INACTIVE' } = {},
  ): Promise<string> {
    const config = { integration_id: this.integrationId, template_name: 'invoice-overdue', ...overrides.config };
    const owner = { platformId: this.platformId, workflowId, type: 'SEND_EMAIL_TO_CUSTOMER' };
    const definition = { description: null, status: overrides.status ?? 'ACTIVE', config };
    return this.database.transaction(async (tx) => (await insertAction(tx, owner, definition)).id);
  }

  /** A FINAL invoice over 100 EUR that is due now, with all that follows from it. */
  async invoice(document: InvoiceDocument = {}, options: WriteOptions = {}): Promise<string> {
    const { after } = await this.database.transaction((tx) => this.recordInvoice(tx, null, document, options));
    return after.id;
  }

  /** Changes some fields of an invoice, with all that follows. */
  async patch(id: string, patch: InvoiceDocument, options: WriteOptions = {}): Promise<InvoiceChange> {
    return this.database.transaction((tx) => this.recordInvoice(tx, id, patch, options));
  }

  /** What the API does with an invoice, inside a transaction of the test. */
  async recordInvoice(
    tx: Transaction,
    id: string | null,
    stated: InvoiceDocument,
    { recordOnly = false }: WriteOptions = {},
  ): Promise<InvoiceChange> {
    const { platformId } = this;
    await shareLock(tx, platformId);
    const before = id === null ? null : await lockInvoice(tx, platformId, id);
    const document = mergePatch(before?.document ?? this.newInvoice(), stated) as InvoiceDocument;
    const written = new Set(Object.keys(before ? stated : document));
    const change = await writeInvoice(tx, before, { platformId, id, document, stated: written, sourceSha256: null });
    await recordInvoiceConsequences(tx, change, { starts: !recordOnly });
    return change;
  }

  async payment(
    invoiceId: string | null,
    overrides: PaymentDocument = {},
    { recordOnly = false }: WriteOptions = {},
  ): Promise<PaymentRow> {
    const document = {
      invoice_id: invoiceId,
      customer_id: this.customerId,
      result: 'AUTHORIZED',
      amount: eur('100.00'),
      ...overrides,
    };
    return this.database.transaction((tx) =>
      recordPayment(tx, { platformId: this.platformId, document, starts: !recordOnly }),
    );
  }

  async readInvoice(id: string): Promise<InvoiceRow> {
    const row = await this.database.client.invoice.findUniqueOrThrow({
      where: { platformId_id: { platformId: this.platformId, id } },
    });
    return { ...row, document: row.document as unknown as InvoiceDocument };
  }

  private newInvoice(): InvoiceDocument {
    return {
      type: 'STANDARD',
      status: 'FINAL',
      invoice_number: newId('request').slice(5),
      customer_id: this.customerId,
      invoice_date: inDays(0),
      due_date: inDays(0),
      invoice_amount_including_tax: eur('100.00'),
    };
  }
}
