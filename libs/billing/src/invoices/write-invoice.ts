import { isDeepStrictEqual } from 'node:util';
import { databaseTime } from '#database/database-time';
import { Prisma, type Transaction } from '#database/database';
import { newId } from '#kernel/ids';
import { toWireTime } from '#kernel/local-time';
import { completeAmounts } from './invoice-amounts.js';
import { type InvoiceDocument } from './invoice-document.js';
import { type InvoiceRow } from './invoice.repository.js';
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
  if (before?.status === 'FINAL' && content && (await wasSeen(tx, before))) throw refuseContentChange(content);
  if (before && isDeepStrictEqual(before.document, document)) {
    return { before, after: await keepSource(tx, before, write.sourceSha256), changed: false, at };
  }
  const columns = columnsOf(document, before?.finalAt ?? null, at);
  const data = { ...columns, document: document as unknown as Prisma.InputJsonObject, updatedAt: at };
  const source = write.sourceSha256 ? { sourceSha256: write.sourceSha256 } : {};
  const { platformId } = write;
  const row = before
    ? await tx.invoice.update({
        where: { platformId_id: { platformId, id: before.id } },
        data: {
          ...data,
          ...source,
          revision: { increment: 1 },
          ...(content ? { documentRevision: { increment: 1 } } : {}),
        },
      })
    : await tx.invoice.create({
        data: { ...data, ...source, platformId, id: write.id ?? newId('invoice'), createdAt: at },
      });
  return { before, after: { ...row, document }, changed: true, at };
}

async function finished(
  tx: Transaction,
  before: InvoiceRow | null,
  write: InvoiceWrite,
  at: Date,
): Promise<InvoiceDocument> {
  const status = write.document.status ?? before?.status ?? 'DRAFT';
  checkInvoiceStatus(before?.status ?? null, status);
  const document = completeAmounts({ ...write.document, status }, write.stated);
  const becomesFinal = status === 'FINAL' && before?.status !== 'FINAL';
  if (!becomesFinal) return document;
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
  const date = (stated: string | null | undefined) => (stated ? new Date(stated) : null);
  const isFinal = document.status === 'FINAL';
  return {
    invoiceNumber: document.invoice_number ?? null,
    customerId: document.customer_id ?? null,
    billingEntityId: document.billing_entity_id ?? null,
    status: document.status ?? 'DRAFT',
    type: document.type ?? 'STANDARD',
    paymentStatus: document.payment_status ?? null,
    onHold: document.on_hold ?? false,
    invoiceDate: date(document.invoice_date),
    dueDate: date(document.due_date),
    timezone: document.timezone ?? null,
    currency: document.billing_currency ?? null,
    totalAmount: document.invoice_amount_including_tax?.quantity ?? null,
    openAmount: document.open_invoice_amount?.quantity ?? null,
    finalAt: finalAt ?? (isFinal ? (date(document.updated_to_final_at) ?? at) : null),
  };
}
