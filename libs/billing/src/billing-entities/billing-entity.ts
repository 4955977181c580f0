import { type Transaction } from '#database/database';
import { type JsonObject, textOf } from '../resources/merge-patch.js';
import { type Recorded, upsertResource, type UpsertOptions } from '../resources/record-resource.js';
import { type ResourceTable, type RowOf } from '../resources/resource-table.js';

export const billingEntityTable = {
  table: 'billing_entity',
  resourceType: 'BILLING_ENTITY',
  idKind: 'billingEntity',
  columns: { status: 'status', timezone: 'timezone' },
  columnsOf: (document: JsonObject) => ({
    status: textOf(document, 'status') ?? 'ACTIVE',
    timezone: textOf(document, 'timezone'),
  }),
} as const satisfies ResourceTable;

export type BillingEntityRow = RowOf<typeof billingEntityTable>;

/** As `recordCustomer`; whoever writes both in one transaction writes the billing entity first. */
export async function recordBillingEntity(
  tx: Transaction,
  platformId: string,
  body: JsonObject,
  options: UpsertOptions = {},
): Promise<Recorded<BillingEntityRow>> {
  return upsertResource(tx, billingEntityTable, platformId, body, options);
}
