import { type Transaction } from '#database/database';
import { DomainError } from '#kernel/errors';
import { customerTable } from '../customers/customer.js';
import { type JsonObject, mergePatch, textOf } from '../resources/merge-patch.js';
import {
  changeResource,
  type Check,
  createResource,
  type Identifier,
  type Recorded,
  upsertResource,
} from '../resources/record-resource.js';
import {
  deleteResource,
  findResource,
  lockResource,
  type ResourceTable,
  type RowOf,
  touchResource,
} from '../resources/resource-table.js';

export const contactTable = {
  table: 'contact',
  resourceType: 'CONTACT',
  idKind: 'contact',
  columns: { customerId: 'customer_id', email: 'email' },
  columnsOf: (document: JsonObject) => ({
    customerId: textOf(document, 'customer_id'),
    email: textOf(document, 'email'),
  }),
} as const satisfies ResourceTable;

export type ContactRow = RowOf<typeof contactTable>;

// Contacts receive copies of their customer's mail: a change of one is a change of what those mails are made from.
// So every write here locks the customer first and raises its revision, and a mail under way is prepared again.

/** @throws DomainError for an unknown customer and for a reference that another contact has. */
export async function createContact(tx: Transaction, platformId: string, body: JsonObject): Promise<ContactRow> {
  await lockCustomers(tx, platformId, [textOf(body, 'customer_id')]);
  const row = await createResource(tx, contactTable, platformId, body);
  await touchCustomers(tx, null, row);
  return row;
}

/** Found by id, else by reference; what the body leaves out stays. @throws as `createContact`. */
export async function recordContact(
  tx: Transaction,
  platformId: string,
  body: JsonObject,
  options: { identifier: Identifier; check: Check },
): Promise<Recorded<ContactRow>> {
  const known = await findStated(tx, platformId, body);
  await lockCustomers(tx, platformId, [textOf(body, 'customer_id') ?? known?.customerId ?? null, known?.customerId]);
  const recorded = await upsertResource(tx, contactTable, platformId, body, options);
  if (recorded.row !== recorded.before) await touchCustomers(tx, recorded.before, recorded.row);
  return recorded;
}

/** @throws DomainError when there is no such contact, and as `createContact`. */
export async function changeContact(
  tx: Transaction,
  platformId: string,
  id: string,
  patch: JsonObject,
  check: Check,
): Promise<ContactRow> {
  const known = await findResource(tx, contactTable, platformId, { id });
  await lockCustomers(tx, platformId, [textOf(patch, 'customer_id') ?? known?.customerId ?? null, known?.customerId]);
  const before = await lockContact(tx, platformId, id);
  const document = check(mergePatch(before.document, patch), before.document);
  const { row } = await changeResource(tx, contactTable, before, document);
  if (row !== before) await touchCustomers(tx, before, row);
  return row;
}

/** @returns the contact as it was. @throws DomainError when there is none. */
export async function deleteContact(tx: Transaction, platformId: string, id: string): Promise<ContactRow> {
  const known = await findResource(tx, contactTable, platformId, { id });
  await lockCustomers(tx, platformId, [known?.customerId]);
  const row = await lockContact(tx, platformId, id);
  await deleteResource(tx, contactTable, row);
  await touchCustomers(tx, row, null);
  return row;
}

async function lockContact(tx: Transaction, platformId: string, id: string): Promise<ContactRow> {
  const row = await lockResource(tx, contactTable, platformId, { id });
  if (!row) throw DomainError.notFound('CONTACT', id);
  return row;
}

async function findStated(tx: Transaction, platformId: string, body: JsonObject): Promise<ContactRow | null> {
  const id = textOf(body, 'id');
  const reference = textOf(body, 'reference');
  const byId = id === null ? null : await findResource(tx, contactTable, platformId, { id });
  return byId ?? (reference === null ? null : await findResource(tx, contactTable, platformId, { reference }));
}

/** In the order of their ids, so that two moves between the same customers do not wait for each other. */
async function lockCustomers(tx: Transaction, platformId: string, ids: (string | null | undefined)[]): Promise<void> {
  for (const id of [...new Set(ids)].filter((one): one is string => one != null).sort()) {
    const customer = await lockResource(tx, customerTable, platformId, { id });
    if (!customer && id === ids[0]) throw DomainError.unknownReference('CUSTOMER', id, 'customer_id');
  }
}

async function touchCustomers(tx: Transaction, before: ContactRow | null, after: ContactRow | null): Promise<void> {
  for (const id of new Set([before?.customerId, after?.customerId])) {
    const platformId = (after ?? before)?.platformId;
    if (id != null && platformId !== undefined) await touchResource(tx, customerTable, { platformId, id });
  }
}
