import { customerTable } from '#billing/customers/customer';
import { type JsonObject } from '#billing/resources/merge-patch';
import { DomainError } from '#kernel/errors';
import { has } from '../access/rights.js';
import { type Caller } from '../http/caller.js';

/** Whether the caller came in by the weaker permission, for customers who are still in DRAFT. */
export function draftsOnly({ rights }: Caller, permission: 'CUSTOMER.UPDATE' | 'CUSTOMER.DELETE'): boolean {
  return !has(rights, permission);
}

/** @throws DomainError USER_NOT_ALLOWED for a customer who is past DRAFT. */
export function requireDraft(document: JsonObject): void {
  if (customerTable.columnsOf(document).status === 'DRAFT') return;
  throw new DomainError('USER_NOT_ALLOWED', 'Your permission is for customers in DRAFT; this one is past it.', {
    resourceType: 'CUSTOMER',
  });
}
