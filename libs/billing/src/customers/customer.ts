import { type Transaction } from '#database/database';
import { billingEntityTable } from '../billing-entities/billing-entity.js';
import { type JsonObject, textOf } from '../resources/merge-patch.js';
import { type Check, type Recorded, upsertResource, type UpsertOptions } from '../resources/record-resource.js';
import { requireReferences } from '../resources/require-references.js';
import { type ResourceTable, type RowOf } from '../resources/resource-table.js';
import { refuseForgotten } from './customer-forgotten.js';

export const customerTable = {
  table: 'customer',
  resourceType: 'CUSTOMER',
  idKind: 'customer',
  columns: { status: 'status', email: 'email', timezone: 'timezone', locale: 'locale' },
  columnsOf: (document: JsonObject) => ({
    status: textOf(document, 'status') ?? 'ACTIVE',
    email: textOf(document, 'email'),
    timezone: textOf(document, 'timezone'),
    locale: textOf(document, 'locale'),
  }),
} as const satisfies ResourceTable;

export type CustomerRow = RowOf<typeof customerTable>;

const REFERENCES = {
  parent_customer_id: customerTable,
  parent_customer_ids: customerTable,
  'seller_details.default_billing_entity_id': billingEntityTable,
};

/** @throws DomainError when he newly names a customer or a billing entity that is not there. */
export async function requireWhatCustomerNames(
  tx: Transaction,
  { row, before }: { row: CustomerRow; before: CustomerRow | null },
): Promise<void> {
  await requireReferences(tx, row.platformId, REFERENCES, row.document, before?.document);
}

/**
 * Writes a customer, found by id or else by reference, and leaves it locked. What the body leaves out stays.
 * @param body as on the wire and validated; may hold `id`, which a new customer keeps.
 * @throws DomainError INVALID_OPERATION for one who was forgotten.
 */
export async function recordCustomer(
  tx: Transaction,
  platformId: string,
  body: JsonObject,
  options: UpsertOptions = {},
): Promise<Recorded<CustomerRow>> {
  const check: Check = options.check ?? ((document) => document);
  return upsertResource(tx, customerTable, platformId, body, {
    ...options,
    check(document, before) {
      refuseForgotten(before);
      return check(document, before);
    },
  });
}
