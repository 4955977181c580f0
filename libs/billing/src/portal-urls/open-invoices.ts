import { type Database } from '#database/database';
import { sql } from '#database/statement';
import { type Amount } from '#kernel/amount';

/** An invoice that a customer has still to pay. */
export interface OpenInvoice {
  id: string;
  number: string | null;
  dueDate: Date | null;
  open: Amount;
}

/** More than anybody reads on one page. */
const MOST = 200;

/** What the customer has still to pay, by when it is due; those without a due date last. */
export async function openInvoicesOf(
  database: Database,
  platformId: string,
  customerId: string,
): Promise<OpenInvoice[]> {
  return database.query(sql<OpenInvoice>`
    SELECT id, invoice_number AS number, due_date AS "dueDate",
           jsonb_build_object('quantity', trim_scale(open_amount)::text, 'currency', coalesce(currency, 'EUR')) AS open
      FROM invoice
     WHERE platform_id = ${platformId} AND customer_id = ${customerId} AND status = 'FINAL' AND open_amount > 0
       AND type NOT IN ('CREDIT', 'ONE_OFF_CREDIT')
     ORDER BY due_date NULLS LAST, id
     LIMIT ${MOST}`);
}
