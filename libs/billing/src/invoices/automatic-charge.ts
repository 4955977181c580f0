import { type Transaction } from '#database/database';
import { type PaymentAcceptorDocument } from '../mail-facts.js';
import { isJsonObject } from '../resources/merge-patch.js';
import { type InvoiceDocument } from './invoice-document.js';
import { type InvoiceRow } from './invoice.repository.js';

/** Before FINAL, the invoices that are charged on their date are announced (e.29). */
export const BEFORE_FINAL: readonly string[] = ['OPEN', 'DRAFT'];

/**
 * Whether an invoice will be charged without its customer's doing: one of the ways to pay that it names charges a stored
 * payment method (`payment_gateway.auto_charge_payment_method`). Asked of invoices before FINAL; false for all others.
 */
export async function isChargedAutomatically(
  tx: Transaction,
  { platformId, status, document }: InvoiceRow,
): Promise<boolean> {
  if (!BEFORE_FINAL.includes(status)) return false;
  const ids = document.payment_acceptor_ids ?? [];
  if (namesAutomaticCharge(document, [])) return true;
  if (ids.length === 0) return false;
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM payment_acceptor
     WHERE platform_id = ${platformId} AND id = ANY(${ids}::text[]) AND status = 'ACTIVE' AND deleted_at IS NULL
       AND document #>> '{payment_gateway,auto_charge_payment_method}' = 'true'
     LIMIT 1`;
  return rows.length > 0;
}

/**
 * The same, from what was read already.
 * @param acceptors ACTIVE ones, among them those that the invoice names.
 */
export function namesAutomaticCharge(
  document: InvoiceDocument,
  acceptors: readonly PaymentAcceptorDocument[],
): boolean {
  const ids = document.payment_acceptor_ids ?? [];
  const named = acceptors.filter(({ id }) => id !== undefined && ids.includes(id));
  const copies = (document.payment_actions ?? []).map(({ payment_acceptor }) => payment_acceptor);
  return [...named, ...copies].some(
    (acceptor) =>
      isJsonObject(acceptor) &&
      isJsonObject(acceptor.payment_gateway) &&
      acceptor.payment_gateway.auto_charge_payment_method === true,
  );
}
