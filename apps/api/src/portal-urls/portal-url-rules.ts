import { type JsonObject } from '#billing/resources/merge-patch';
import { DomainError } from '#kernel/errors';
import { validate } from '../http/validation.js';
import { portalUrlCreateRequest } from './portal-url.wire.js';

/** The block of each type, and whether this version has a page for it. */
const BLOCKS = {
  INVOICE: { block: 'invoice', served: true },
  PAY_INVOICE: { block: 'invoice', served: true },
  CUSTOMER: { block: 'customer', served: true },
  QUOTE_VERSION: { block: 'quote_version', served: false },
  INIT_PRICING_PLAN_SUBSCRIPTION: { block: 'init_pricing_plan_subscription', served: false },
} as const;

/**
 * Judges a portal URL as it would be stored, and leaves out what is ours to tell.
 * @throws DomainError for a type that has no page, a block of another type, and for what its type needs.
 */
export function checkPortalUrl(document: JsonObject): JsonObject {
  const { token: _token, url: _url, widgets: _widgets, ...checked } = validate(portalUrlCreateRequest, document);
  const { type, status, invoice, customer_id } = checked;
  if (type === null)
    throw DomainError.missingField('type', `type is required: one of ${Object.keys(BLOCKS).join(', ')}.`);
  const { block, served } = BLOCKS[type];
  if (!served) {
    throw DomainError.invalidOperation(`This version has no page for ${type}; use INVOICE, PAY_INVOICE or CUSTOMER.`, {
      field: 'type',
    });
  }
  for (const { block: other } of Object.values(BLOCKS)) {
    if (other === block || checked[other] === undefined) continue;
    throw DomainError.invalidField(other, `${other} does not belong to a portal URL of type ${type}.`);
  }
  if (status === 'EXPIRED') throw DomainError.invalidField('status', 'Only time makes it EXPIRED; set expires_at.');
  if (block === 'invoice' && !invoice?.id) throw DomainError.missingField('invoice.id');
  if (block === 'customer' && !customer_id) throw DomainError.missingField('customer_id');
  return checked;
}
