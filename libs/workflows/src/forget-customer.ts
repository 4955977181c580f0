import { type CustomerRow, customerTable } from '#billing/customers/customer';
import { FORGOTTEN_AT } from '#billing/customers/customer-forgotten';
import { eraseCustomer } from '#billing/customers/erase-customer';
import { lockResource } from '#billing/resources/resource-table';
import { databaseTime } from '#database/database-time';
import { type Transaction } from '#database/database';
import { DomainError } from '#kernel/errors';
import { eraseExecutions } from '#ledger/data/erase-executions';
import { shareLock } from './data/platform-lock.js';

/**
 * Erases a customer for good, with everything that names him: billing data, documents and mails, in one transaction. Whoever
 * was forgotten already stays as he is.
 *
 * @throws DomainError RESOURCE_NOT_FOUND, and INVALID_OPERATION while a mail to him is leaving.
 */
export async function forgetCustomer(tx: Transaction, platformId: string, id: string): Promise<CustomerRow> {
  await shareLock(tx, platformId);
  const customer = await lockResource(tx, customerTable, platformId, { id });
  if (!customer) throw DomainError.notFound('CUSTOMER', id);
  if (customer.document[FORGOTTEN_AT] !== undefined) return customer;
  const erased = await eraseCustomer(tx, customer, await databaseTime(tx));
  await eraseExecutions(tx, platformId, id);
  return erased;
}
