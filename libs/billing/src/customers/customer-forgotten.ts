import { DomainError } from '#kernel/errors';
import { type JsonObject } from '../resources/merge-patch.js';

/** The member of a customer's document that says since when nothing is known of him. */
export const FORGOTTEN_AT = 'forgotten_at';

/**
 * Who was forgotten stays so: nothing personal comes back by a write that did not know of it.
 * @throws DomainError INVALID_OPERATION
 */
export function refuseForgotten(document: JsonObject | null): void {
  if (document?.[FORGOTTEN_AT] === undefined) return;
  throw DomainError.invalidOperation('This customer was forgotten, which is final; create another one.', {
    resourceType: 'CUSTOMER',
  });
}
