import { isDeepStrictEqual } from 'node:util';
import { databaseTime } from '#database/database-time';
import { type Invoice, type Prisma, type Transaction } from '#database/database';
import { newId } from '#kernel/ids';
import { toWireTime } from '#kernel/local-time';
import { completeAmounts } from './invoice-amounts.js';
import { type InvoiceDocument } from './invoice-document.js';
import { type InvoiceRow } from './invoice.repository.js';
import { journalInvoice } from './journal-invoice.js';
import { changedContent, checkInvoiceStatus, refuseContentChange } from './invoice-rules.js';

export interface InvoiceWrite {
  platformId: string;
  /** Null: a new id is given. */
  id: string | null;
  /** The whole document as it is to be, snapshots of customer and billing entity included. */
  document: InvoiceDocument;
  /** Fields that the caller wrote just now. */
  stated: ReadonlySet<string>;
  /** Hash of a document handed over whole; null keeps the one that is stored. */
  sourceSha256: string | null;
}

export interface InvoiceChange {
  before: InvoiceRow | null;
  after: InvoiceRow;
  /** False when the write said what was there already: no revision was raised. */
  changed: boolean;
  /** Database time of the change. */
  at: Date;
}

/**
 * Writes an invoice whose row, when it has one, the caller has locked. Completes what was not stated, gives a FINAL invoice
 * its number and instant, and raises `revision` (and `documentRevision` for its content) when something really changed.
 *
 * @throws DomainError INVALID_OPERATION when the status may not change so, or content of a FINAL invoice that was seen.
 */
export async function writeInvoice(
  tx: Transaction,
  before: InvoiceRow | null,
  write: InvoiceWrite,
): Promise<InvoiceChange> {
  const at = await databaseTime(tx);
  const document = await finished(tx, before, write, at);
  const content = before && changedContent(before.document, document);
  if (before?.finalAt && content && (await wasSeen(tx, before))) throw refuseContentChange(content);
  if (before && isDeepStrictEqual(before.document, document)) {
    return { before, after: await keepSource(tx, before, write.sourceSha256), changed: false, at };
  }
  const data = {
    ...columnsOf(document, before?.finalAt ?? null, at),
    ...(write.sourceSha256 ? { sourceSha256: write.sourceSha256 } : {}),
    document: document as unknown as Prisma.InputJsonObject,
    updatedAt: at,
  };
  const row = before
    ? await update(tx, before, data, content !== null)
    : await insert(tx, write, { ...data, createdAt: at });
  const after = { ...row, document };
  await journalInvoice(tx, before, after);
  return { before, after, changed: true, at };
}

type InvoiceColumns = Omit<Prisma.InvoiceUncheckedCreateInput, 'platformId' | 'id'>;

async function insert(tx: Transaction, { platformId, id }: InvoiceWrite, columns: InvoiceColumns): Promise<Invoice> {
  return tx.invoice.create({ data: { ...columns, platformId, id: id ?? newId('invoice') } });
}

async function update(
  tx: Transaction,
  { platformId, id }: InvoiceRow,
  columns: InvoiceColumns,
  newContent: boolean,
): Promise<Invoice> {
  const revisions = { revision: { increment: 1 }, documentRevision: { increment: newContent ? 1 : 0 } };
  return tx.invoice.update({ where: { platformId_id: { platformId, id } }, data: { ...columns, ...revisions } });
}

async function finished(
  tx: Transaction,
  before: InvoiceRow | null,
  write: InvoiceWrite,
  at: Date,
): Promise<InvoiceDocument> {
  const [from, known] = [before?.status ?? null, before?.document ?? null];
  const status = write.document.status ?? from ?? 'DRAFT';
  checkInvoiceStatus(from, status);
  const document = completeAmounts({ ...write.document, status }, write.stated, known);
  if (status !== 'FINAL' || from === 'FINAL') return document;
  return {
    ...document,
    invoice_number: document.invoice_number ?? (await nextNumber(tx, write.platformId)),
    updated_to_final_at: document.updated_to_final_at ?? toWireTime(at),
  };
}

async function nextNumber(tx: Transaction, platformId: string): Promise<string> {
  const { invoiceCounter } = await tx.platform.update({
    where: { id: platformId },
    data: { invoiceCounter: { increment: 1 } },
  });
  return `INV-${String(invoiceCounter).padStart(6, '0')}`;
}

/** Whether anybody outside has seen the document: it was mailed, may have been, or was downloaded. */
async function wasSeen(tx: Transaction, { platformId, id }: InvoiceRow): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ seen: boolean }[]>`
    SELECT EXISTS (SELECT 1 FROM invoice_document
                    WHERE platform_id = ${platformId} AND invoice_id = ${id} AND downloaded_at IS NOT NULL)
        OR EXISTS (SELECT 1 FROM workflow_action_execution
                    WHERE platform_id = ${platformId} AND invoice_id = ${id}
                      AND state IN ('COMMITTING', 'SUCCEEDED', 'UNKNOWN')) AS seen`;
  return row?.seen ?? true;
}

/** The same document in other words (a field left out that we complete alike): remembered, so that it is known next time. */
async function keepSource(tx: Transaction, row: InvoiceRow, sourceSha256: string | null): Promise<InvoiceRow> {
  if (!sourceSha256 || row.sourceSha256 === sourceSha256) return row;
  const { platformId, id } = row;
  await tx.invoice.update({ where: { platformId_id: { platformId, id } }, data: { sourceSha256 } });
  return { ...row, sourceSha256 };
}

function columnsOf(document: InvoiceDocument, finalAt: Date | null, at: Date) {
  const statedFinalAt = date(document.updated_to_final_at) ?? at;
  return {
    ...partiesOf(document),
    ...amountsOf(document),
    invoiceNumber: document.invoice_number ?? null,
    status: document.status ?? 'DRAFT',
    type: document.type ?? 'STANDARD',
    onHold: document.on_hold ?? false,
    invoiceDate: date(document.invoice_date),
    dueDate: date(document.due_date),
    timezone: document.timezone ?? null,
    finalAt: finalAt ?? (document.status === 'FINAL' ? statedFinalAt : null),
  };
}

function partiesOf({ customer_id: customerId, billing_entity_id: billingEntityId }: InvoiceDocument) {
  return { customerId: customerId ?? null, billingEntityId: billingEntityId ?? null };
}

function amountsOf(document: InvoiceDocument) {
  return {
    currency: document.billing_currency ?? null,
    totalAmount: document.invoice_amount_including_tax?.quantity ?? null,
    openAmount: document.open_invoice_amount?.quantity ?? null,
    paymentStatus: document.payment_status ?? null,
  };
}

function date(stated: string | null | undefined): Date | null {
  return stated ? new Date(stated) : null;
}
