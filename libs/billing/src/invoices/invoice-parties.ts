import { isDeepStrictEqual } from 'node:util';
import { type Transaction } from '#database/database';
import { DomainError } from '#kernel/errors';
import { billingEntityTable, recordBillingEntity } from '../billing-entities/billing-entity.js';
import { type CustomerRow, customerTable, recordCustomer } from '../customers/customer.js';
import { type JsonObject, mergePatch } from '../resources/merge-patch.js';
import { type Check, type Recorded } from '../resources/record-resource.js';
import { findResource, type ResourceTable } from '../resources/resource-table.js';
import { type InvoiceDocument, type PartyDocument } from './invoice-document.js';

/** How the caller's wire schemas judge a whole customer or billing entity. */
export interface PartyChecks {
  customer: Check;
  billingEntity: Check;
}

/** The parties of an invoice as it will carry them. */
export type InvoiceParties = Pick<InvoiceDocument, 'customer' | 'customer_id' | 'billing_entity' | 'billing_entity_id'>;

export interface SettledParties {
  parties: InvoiceParties;
  /** The customer when the document brought him along: what follows from his change is the caller's to record. */
  customer: Recorded<CustomerRow> | null;
}

/**
 * Settles who an invoice is from and to. Embedded parties are written to their own resources, billing entity first (rule 5),
 * and leave locked the customer, and the billing entity when it was changed; parties named by id or reference must exist. The invoice keeps copies: what it said when it was
 * written, unless the caller states them anew.
 *
 * @param before the invoice's document as it is stored; null for a new one.
 * @throws DomainError naming the field.
 */
export async function settleParties(
  tx: Transaction,
  platformId: string,
  stated: InvoiceDocument,
  before: InvoiceDocument | null,
  checks: PartyChecks,
): Promise<SettledParties> {
  const seller = await settleSeller(tx, platformId, stated, before, checks);
  const { parties: buyer, customer } = await settleBuyer(tx, platformId, stated, before, checks);
  return { parties: { ...seller, ...buyer }, customer };
}

async function settleSeller(
  tx: Transaction,
  platformId: string,
  stated: InvoiceDocument,
  before: InvoiceDocument | null,
  checks: PartyChecks,
): Promise<InvoiceParties> {
  if (stated.billing_entity) {
    const body = withId(stated.billing_entity, stated.billing_entity_id);
    const copy = { check: checks.billingEntity, embedded: true, lockOnlyToChange: true };
    const { row } = await recordBillingEntity(tx, platformId, body, copy);
    return {
      billing_entity_id: row.id,
      billing_entity: snapshot('BILLING_ENTITY', row, stated.billing_entity, before?.billing_entity),
    };
  }
  if (stated.billing_entity_id) {
    const row = await named(tx, platformId, billingEntityTable, 'billing_entity_id', { id: stated.billing_entity_id });
    return { billing_entity_id: row.id, billing_entity: snapshot('BILLING_ENTITY', row, {}, before?.billing_entity) };
  }
  if (before) return { billing_entity_id: before.billing_entity_id, billing_entity: before.billing_entity };
  const only = await onlyBillingEntity(tx, platformId);
  return only ? { billing_entity_id: only.id, billing_entity: snapshot('BILLING_ENTITY', only, {}, null) } : {};
}

async function settleBuyer(
  tx: Transaction,
  platformId: string,
  stated: InvoiceDocument,
  before: InvoiceDocument | null,
  checks: PartyChecks,
): Promise<SettledParties> {
  if (stated.customer) {
    const body = withId(stated.customer, stated.customer_id);
    const customer = await recordCustomer(tx, platformId, body, { check: checks.customer, embedded: true });
    const { row } = customer;
    const copy = snapshot('CUSTOMER', row, stated.customer, before?.customer);
    return { parties: { customer_id: row.id, customer: copy }, customer };
  }
  const { customer_id: id, customer_reference: reference } = stated;
  if (!id && !reference) {
    const kept = before ? { customer_id: before.customer_id, customer: before.customer } : {};
    return { parties: kept, customer: null };
  }
  const row = id
    ? await named(tx, platformId, customerTable, 'customer_id', { id })
    : await named(tx, platformId, customerTable, 'customer_reference', { reference: reference ?? '' });
  const copy = snapshot('CUSTOMER', row, {}, before?.customer);
  return { parties: { customer_id: row.id, customer: copy }, customer: null };
}

function withId(party: PartyDocument, id: string | null | undefined): JsonObject {
  const body = party as JsonObject;
  return party.id || !id ? body : { ...body, id };
}

/** The copy that is stored: what was copied before while it is still the same party, with what the caller states now. */
function snapshot(
  objectType: string,
  row: { id: string; document: JsonObject },
  stated: PartyDocument,
  before: PartyDocument | null | undefined,
): PartyDocument {
  const kept = before?.id === row.id ? (before as JsonObject) : row.document;
  const merged = mergePatch(kept, stated);
  const copy = { ...merged, object_type: objectType, id: row.id } as PartyDocument;
  return before && isDeepStrictEqual(copy, before) ? before : copy;
}

async function named(
  tx: Transaction,
  platformId: string,
  table: ResourceTable,
  field: string,
  key: { id: string } | { reference: string },
): Promise<{ id: string; document: JsonObject }> {
  const row = await findResource(tx, table, platformId, key);
  if (!row) throw DomainError.unknownReference(table.resourceType, 'id' in key ? key.id : key.reference, field);
  return row;
}

/** The platform's billing entity when it has exactly one: then it need not be named. */
async function onlyBillingEntity(
  tx: Transaction,
  platformId: string,
): Promise<{ id: string; document: JsonObject } | null> {
  const rows = await tx.billingEntity.findMany({ where: { platformId, deletedAt: null }, take: 2 });
  const [only] = rows;
  return only && rows.length === 1 ? { id: only.id, document: only.document as JsonObject } : null;
}
