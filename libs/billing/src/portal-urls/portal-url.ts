import { type Transaction } from '#database/database';
import { databaseTime } from '#database/database-time';
import { DomainError } from '#kernel/errors';
import { addPeriod, toWireTime } from '#kernel/local-time';
import { type Period } from '#kernel/period';
import { findInvoice } from '../invoices/invoice.repository.js';
import { customerTable } from '../customers/customer.js';
import { isJsonObject, type JsonObject, mergePatch, textOf } from '../resources/merge-patch.js';
import { changeResource, type Check, createResource } from '../resources/record-resource.js';
import { requireResource } from '../resources/require-resource.js';
import { lockResource, type ResourceTable, type RowOf } from '../resources/resource-table.js';

/** The document of a derived payment link is empty: its columns say the same. */
export const portalUrlTable = {
  table: 'portal_url',
  resourceType: 'PORTAL_URL',
  idKind: 'portalUrl',
  columns: {
    type: 'type',
    status: 'status',
    customerId: 'customer_id',
    invoiceId: 'invoice_id',
    expiresAt: 'expires_at',
  },
  columnsOf: (document: JsonObject) => ({
    type: textOf(document, 'type'),
    status: textOf(document, 'status') ?? 'PUBLISHED',
    customerId: textOf(document, 'customer_id'),
    invoiceId: isJsonObject(document.invoice) ? textOf(document.invoice, 'id') : null,
    expiresAt: instantOf(document.expires_at),
  }),
} as const satisfies ResourceTable;

export type PortalUrlRow = RowOf<typeof portalUrlTable>;

/** As the API tells it: a published one whose time is over has expired. @param now its reader's clock. */
export function portalUrlStatus({ status, expiresAt }: Pick<PortalUrlRow, 'status' | 'expiresAt'>, now: Date): string {
  return status === 'PUBLISHED' && expiresAt !== null && expiresAt <= now ? 'EXPIRED' : status;
}

/** The whole document, also of a derived link. */
export function portalUrlDocument({ document, type, status, customerId, invoiceId }: PortalUrlRow): JsonObject {
  if (Object.keys(document).length > 0) return document;
  return {
    type,
    status,
    ...(customerId === null ? {} : { customer_id: customerId }),
    ...(invoiceId === null ? {} : { invoice: { id: invoiceId } }),
  };
}

/**
 * Publishes a link to an invoice or a customer. An invoice's link belongs to the invoice's customer.
 * @throws DomainError for an invoice or customer that is not there, or that do not belong together.
 */
export async function createPortalUrl(tx: Transaction, platformId: string, body: JsonObject): Promise<PortalUrlRow> {
  const owned = { ...body, ...(await ownerOf(tx, platformId, body)) };
  const document = mergePatch({}, { ...owned, ...expiry(owned, await databaseTime(tx)) });
  return createResource(tx, portalUrlTable, platformId, document);
}

/**
 * Merges a patch into it; a period that is stated counts from now.
 * @throws DomainError RESOURCE_NOT_FOUND, and for another type, customer or invoice: those stay.
 */
export async function changePortalUrl(
  tx: Transaction,
  platformId: string,
  id: string,
  patch: JsonObject,
  check: Check,
): Promise<PortalUrlRow> {
  const before = await lockPortalUrl(tx, platformId, id);
  const current = portalUrlDocument(before);
  const merged = check(mergePatch(current, { ...patch, ...expiry(patch, await databaseTime(tx)) }), current);
  refuseMoved(current, merged);
  const { row } = await changeResource(tx, portalUrlTable, before, merged);
  return row;
}

/** Ends it for good; one that has ended stays as it is. @throws DomainError RESOURCE_NOT_FOUND */
export async function revokePortalUrl(tx: Transaction, platformId: string, id: string): Promise<PortalUrlRow> {
  const before = await lockPortalUrl(tx, platformId, id);
  if (before.status === 'REVOKED') return before;
  const document = { ...portalUrlDocument(before), status: 'REVOKED' };
  return (await changeResource(tx, portalUrlTable, before, document)).row;
}

async function lockPortalUrl(tx: Transaction, platformId: string, id: string): Promise<PortalUrlRow> {
  const row = await lockResource(tx, portalUrlTable, platformId, { id });
  if (!row) throw DomainError.notFound('PORTAL_URL', id);
  return row;
}

async function ownerOf(tx: Transaction, platformId: string, body: JsonObject): Promise<JsonObject> {
  const customerId = textOf(body, 'customer_id');
  const invoiceId = isJsonObject(body.invoice) ? textOf(body.invoice, 'id') : null;
  if (invoiceId === null) {
    await requireResource(tx, customerTable, platformId, customerId, 'customer_id');
    return {};
  }
  const invoice = await findInvoice(tx, platformId, invoiceId);
  if (!invoice) throw DomainError.unknownReference('INVOICE', invoiceId, 'invoice.id');
  if (customerId !== null && customerId !== invoice.customerId) {
    throw DomainError.invalidField(
      'customer_id',
      `The invoice belongs to the customer ${invoice.customerId ?? 'nobody'}.`,
    );
  }
  return { customer_id: invoice.customerId };
}

/** `expires_at` as stated, else after `expiry_period`; nothing when neither is stated. Null takes a limit away. */
function expiry({ expires_at: at, expiry_period: period }: JsonObject, now: Date): JsonObject {
  if (at !== undefined) return {};
  if (period === null) return { expires_at: null };
  if (!isJsonObject(period)) return {};
  const { type, value } = period as Partial<Period>;
  if (type === undefined) throw DomainError.missingField('expiry_period.type');
  if (value == null) throw DomainError.missingField('expiry_period.value');
  return { expires_at: toWireTime(addPeriod(now, { type, value }, 1, 'UTC')) };
}

function refuseMoved(before: JsonObject, after: JsonObject): void {
  const [was, is] = [portalUrlTable.columnsOf(before), portalUrlTable.columnsOf(after)];
  const stays = { type: 'type', customerId: 'customer_id', invoiceId: 'invoice.id' } as const;
  for (const [column, field] of Object.entries(stays) as [keyof typeof stays, string][]) {
    if (was[column] === is[column]) continue;
    throw DomainError.invalidField(field, `${field} stays as it is; create another portal URL.`);
  }
  if (was.status !== 'REVOKED' || is.status === 'REVOKED') return;
  throw DomainError.invalidOperation('The portal URL is REVOKED, which is final; create another one.', {
    field: 'status',
  });
}

function instantOf(stated: unknown): Date | null {
  return typeof stated === 'string' ? new Date(stated) : null;
}
