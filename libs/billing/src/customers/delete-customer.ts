import { type Transaction } from '#database/database';
import { sql } from '#database/statement';
import { DomainError } from '#kernel/errors';
import { refuseWhileNamed } from '../resources/refuse-while-named.js';
import { deleteResource, lockResource } from '../resources/resource-table.js';
import { type CustomerRow, customerTable } from './customer.js';

/**
 * Deletes a customer to whom nothing refers; the links to what he was shown end.
 * @returns the customer as he was.
 * @throws DomainError RESOURCE_NOT_FOUND, and INVALID_OPERATION while something refers to him (e.71).
 */
export async function deleteCustomer(tx: Transaction, platformId: string, id: string): Promise<CustomerRow> {
  const row = await lockResource(tx, customerTable, platformId, { id });
  if (!row) throw DomainError.notFound('CUSTOMER', id);
  const his = sql`platform_id = ${platformId} AND customer_id = ${id}`;
  await refuseWhileNamed(tx, { resourceType: 'CUSTOMER', id }, [
    ['invoice', sql`SELECT id FROM invoice WHERE ${his} LIMIT 1`],
    ['payment', sql`SELECT id FROM payment WHERE ${his} LIMIT 1`],
    ['subscription', sql`SELECT id FROM pricing_plan_subscription WHERE ${his} AND deleted_at IS NULL LIMIT 1`],
    ['wallet', sql`SELECT id FROM wallet WHERE ${his} AND deleted_at IS NULL LIMIT 1`],
    ['payment acceptor', sql`SELECT id FROM payment_acceptor WHERE ${his} AND deleted_at IS NULL LIMIT 1`],
    ['contact', sql`SELECT id FROM contact WHERE ${his} AND deleted_at IS NULL LIMIT 1`],
    [
      'workflow',
      sql`SELECT id FROM workflow
           WHERE platform_id = ${platformId} AND status <> 'ARCHIVED' AND ${id} = ANY(customer_ids) LIMIT 1`,
    ],
  ]);
  await deleteResource(tx, customerTable, row);
  return row;
}
