import { type Transaction } from '#database/database';
import { eraseFromJournal } from '#journal/erase';
import { toWireTime } from '#kernel/local-time';
import { type JsonObject, textOf } from '../resources/merge-patch.js';
import { updateResource } from '../resources/resource-table.js';
import { type CustomerRow, customerTable } from './customer.js';
import { FORGOTTEN_AT } from './customer-forgotten.js';

/** Members of an invoice that say who its customer is, or what was written to him in free text. */
const OF_THE_INVOICE = [
  'customer',
  'processing_only_customers',
  'forwarded_from_customers',
  'notes',
  'custom_fields',
  'other_custom_fields',
];
/** Members of a payment that say who paid and from what. */
const OF_THE_PAYMENT = ['customer', 'payment_method_details', 'result_details', 'dunning_action_details'];

/**
 * Erases what is known of a locked customer wherever billing keeps it: himself, his contacts, the parties and documents of
 * his invoices, the details of his payments, his links. What remains is that he was there, under which reference, and what
 * was billed and paid.
 *
 * @param at database time.
 * @returns the customer as he is now.
 */
export async function eraseCustomer(tx: Transaction, customer: CustomerRow, at: Date): Promise<CustomerRow> {
  const { platformId, id } = customer;
  const contacts = await tx.$queryRaw<Named[]>`
    UPDATE contact SET document = '{}', reference = NULL, email = NULL, revision = revision + 1,
           updated_at = clock_timestamp(), deleted_at = coalesce(deleted_at, clock_timestamp())
     WHERE platform_id = ${platformId} AND customer_id = ${id} RETURNING id`;
  const invoices = await eraseInvoices(tx, platformId, id);
  const payments = await tx.$queryRaw<Named[]>`
    UPDATE payment SET document = document - ${OF_THE_PAYMENT}::text[], revision = revision + 1, updated_at = clock_timestamp()
     WHERE platform_id = ${platformId} AND customer_id = ${id} RETURNING id`;
  await tx.$executeRaw`
    UPDATE pricing_plan_subscription SET document = document - 'custom_fields', revision = revision + 1
     WHERE platform_id = ${platformId} AND customer_id = ${id}`;
  await tx.$executeRaw`
    UPDATE portal_url SET status = 'REVOKED', revision = revision + 1, updated_at = clock_timestamp(),
           document = CASE WHEN document = '{}' THEN document ELSE jsonb_set(document, '{status}', '"REVOKED"') END
     WHERE platform_id = ${platformId} AND customer_id = ${id}`;
  const remaining = await updateResource(tx, customerTable, customer, remains(customer.document, at));
  const erased = [customer, ...contacts, ...invoices, ...payments].map((row) => row.id);
  await eraseFromJournal(tx, platformId, erased);
  await eraseAnswers(tx, platformId, erased);
  return remaining;
}

interface Named {
  id: string;
}

/** Answers that are kept for repeated requests: who repeats one now is told its status alone. */
async function eraseAnswers(tx: Transaction, platformId: string, ids: string[]): Promise<void> {
  await tx.$executeRaw`
    UPDATE idempotency_record SET body = NULL
     WHERE platform_id = ${platformId}
       AND EXISTS (SELECT 1 FROM unnest(${ids}::text[]) AS erased(id) WHERE position(erased.id IN body) > 0)`;
}

/** A new document revision, so that what is printed from now on is another document than the one that named him. */
async function eraseInvoices(tx: Transaction, platformId: string, customerId: string): Promise<Named[]> {
  await tx.$queryRaw`
    SELECT 1 FROM invoice WHERE platform_id = ${platformId} AND customer_id = ${customerId} ORDER BY id FOR NO KEY UPDATE`;
  const invoices = await tx.$queryRaw<Named[]>`
    UPDATE invoice SET document = document - ${OF_THE_INVOICE}::text[]
                                  || jsonb_build_object('customer', jsonb_build_object('object_type', 'CUSTOMER', 'id', customer_id)),
           revision = revision + 1, document_revision = document_revision + 1, updated_at = clock_timestamp()
     WHERE platform_id = ${platformId} AND customer_id = ${customerId} RETURNING id`;
  await tx.$executeRaw`
    UPDATE invoice_document SET bytes = ''
     WHERE platform_id = ${platformId}
       AND invoice_id IN (SELECT id FROM invoice WHERE platform_id = ${platformId} AND customer_id = ${customerId})`;
  return invoices;
}

/** ARCHIVED is final and mails nobody; the reference stays, so that a later import meets the refusal and no new customer. */
function remains(document: JsonObject, at: Date): JsonObject {
  const reference = textOf(document, 'reference');
  return {
    ...(reference === null ? {} : { reference }),
    type: document.type,
    status: 'ARCHIVED',
    [FORGOTTEN_AT]: toWireTime(at),
  };
}
