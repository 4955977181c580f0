import { type Amount } from '#kernel/amount';

/** The parts of the reference's Invoice that the engine looks at. The whole is kept as the client wrote it. */
export interface InvoiceDocument {
  id?: string;
  invoice_number?: string | null;
  purchase_order_number?: string | null;
  status?: string;
  type?: string;
  on_hold?: boolean;
  paid?: boolean | null;
  payment_status?: PaymentStatus | null;
  customer_id?: string | null;
  customer_reference?: string | null;
  customer?: PartyDocument | null;
  billing_entity_id?: string | null;
  billing_entity?: PartyDocument | null;
  invoice_date?: string | null;
  due_date?: string | null;
  updated_to_final_at?: string | null;
  timezone?: string | null;
  billing_currency?: string | null;
  invoice_amount_including_tax?: Amount | null;
  open_invoice_amount?: Amount | null;
  paid_invoice_amount?: Amount | null;
  closed_invoice_amount?: Amount | null;
  tax_summary?: { total_amount?: Amount | null } | null;
  periods?: InvoicePeriod[] | null;
  payment_acceptor_ids?: string[] | null;
  payment_actions?: PaymentAction[] | null;
  custom_fields?: unknown;
  [field: string]: unknown;
}

export type PaymentStatus = 'UNPAID' | 'PARTIALLY_PAID' | 'PAID' | 'OVERPAID';

/** A customer or billing entity as it is embedded. */
export interface PartyDocument {
  id?: string | null;
  reference?: string | null;
  timezone?: string | null;
  locale?: string | null;
  [field: string]: unknown;
}

export interface InvoicePeriod {
  amount_including_tax?: Amount | null;
  groups?: { lines?: { amount_including_tax?: Amount | null }[] | null }[] | null;
  [field: string]: unknown;
}

export interface PaymentAction {
  payment_acceptor_id?: string | null;
  type?: string | null;
  bank_account?: Record<string, unknown> | null;
  custom_redirect?: { url?: string | null; name?: string | null } | null;
  [field: string]: unknown;
}

/** The states in which an invoice is no longer collected: nothing reminds of it and nothing leaves them. */
export const CLOSED_STATUSES: readonly string[] = ['ARCHIVED', 'VOID'];

/** Credit notes: there is nothing to pay for the customer. */
export function isCredit(type: string | null | undefined): boolean {
  return type === 'CREDIT' || type === 'ONE_OFF_CREDIT';
}

/** What may change on a FINAL invoice without changing the document that the customer was sent (e.80). */
const NOT_CONTENT = new Set([
  'object_type',
  'created_at',
  'updated_at',
  'updated_to_final_at',
  'status',
  'on_hold',
  'paid',
  'payment_status',
  'open_invoice_amount',
  'paid_invoice_amount',
  'closed_invoice_amount',
  'due_date',
  'custom_fields',
  'other_custom_fields',
  'approval_status',
  'dunning_actions',
  'auto_rescues',
  'e_invoices',
  'linked_integrations',
  'validation_result',
  'pay_invoice_link',
  'platform_id',
]);

/** The fields that make the document: what a PDF of this revision says. */
export function contentOf(document: InvoiceDocument): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(document).filter(
      ([field, value]) => !NOT_CONTENT.has(field) && value !== null && value !== undefined,
    ),
  );
}
