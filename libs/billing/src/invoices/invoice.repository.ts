import { type Invoice, type Transaction } from '#database/database';
import { DomainError } from '#kernel/errors';
import { type InvoiceState } from '../billing-state.js';
import { type InvoiceDocument } from './invoice-document.js';

/** An invoice as it is stored: typed columns, the whole document, its revisions. */
export type InvoiceRow = Omit<Invoice, 'document'> & { document: InvoiceDocument };

/** Locks the invoice for a change and reads it; null when there is none. */
export async function lockInvoice(tx: Transaction, platformId: string, id: string): Promise<InvoiceRow | null> {
  await tx.$queryRaw`SELECT 1 FROM invoice WHERE platform_id = ${platformId} AND id = ${id} FOR NO KEY UPDATE`;
  return findInvoice(tx, platformId, id);
}

/** Locks the invoice unless somebody else holds it; null when it is held or gone. */
export async function lockInvoiceIfFree(tx: Transaction, platformId: string, id: string): Promise<InvoiceRow | null> {
  const free = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM invoice WHERE platform_id = ${platformId} AND id = ${id} FOR NO KEY UPDATE SKIP LOCKED`;
  return free.length > 0 ? findInvoice(tx, platformId, id) : null;
}

export async function findInvoice(tx: Transaction, platformId: string, id: string): Promise<InvoiceRow | null> {
  const row = await tx.invoice.findUnique({ where: { platformId_id: { platformId, id } } });
  return row && { ...row, document: row.document as unknown as InvoiceDocument };
}

/** The columns that workflows match on; how it is charged is asked for where that counts. */
export function invoiceState(row: InvoiceRow): InvoiceState {
  return {
    platformId: row.platformId,
    id: row.id,
    customerId: row.customerId,
    status: row.status,
    type: row.type,
    open: row.openAmount?.greaterThan(0) ?? false,
    dueDate: row.dueDate,
    invoiceDate: row.invoiceDate,
    chargedAutomatically: false,
    timezone: row.timezone,
    finalAt: row.finalAt,
    selfBilling: row.document.billing_type === 'SELF_BILLING',
    createdAt: row.createdAt,
  };
}

/**
 * A page of what could be reminded of one day: FINAL and something open, or not FINAL yet; by id after `cursor`. Locks nothing.
 * @param limit how many at most.
 */
export async function openInvoiceIds(
  tx: Transaction,
  platformId: string,
  cursor: string,
  limit: number,
): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM (
      (SELECT id FROM invoice
        WHERE platform_id = ${platformId} AND status = 'FINAL' AND open_amount > 0 AND id > ${cursor}
        ORDER BY id LIMIT ${limit})
      UNION ALL
      (SELECT id FROM invoice
        WHERE platform_id = ${platformId} AND status IN ('OPEN', 'DRAFT') AND id > ${cursor}
        ORDER BY id LIMIT ${limit})
    ) AS open
    ORDER BY id LIMIT ${limit}`;
  return rows.map(({ id }) => id);
}

/** @throws DomainError when several invoices have the number (of several billing entities): only an id tells them apart. */
export async function findInvoiceIdByNumber(
  tx: Transaction,
  platformId: string,
  invoiceNumber: string,
): Promise<string | null> {
  // Not by Prisma, which states the limit as a parameter: PostgreSQL would plan it anew each time.
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM invoice WHERE platform_id = ${platformId} AND invoice_number = ${invoiceNumber} LIMIT 2`;
  if (rows.length > 1) {
    throw DomainError.invalidField(
      'invoice_number',
      'Several invoices have this number; state the id of the one you mean.',
    );
  }
  return rows[0]?.id ?? null;
}

/** Rows of these ids, in no order. */
export async function invoicesByIds(tx: Transaction, platformId: string, ids: string[]): Promise<InvoiceRow[]> {
  const rows = await tx.invoice.findMany({ where: { platformId, id: { in: ids } } });
  return rows.map((row) => ({ ...row, document: row.document as unknown as InvoiceDocument }));
}
