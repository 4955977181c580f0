import { z } from 'zod';
import { type CustomerRow } from '#billing/customers/customer';
import { toWireTime } from '#kernel/local-time';
import { pageOf } from '../http/pages.js';
import { patchOf } from '../http/patch-of.js';
import { email, id, kept, locale, longText, reference, resourceHead, resourceTimes, timezone } from '../wire/fields.js';
import { address, notificationPreference, partyLists, personName, taxId, taxRegistration } from '../wire/parties.js';

export const CUSTOMER_STATUSES = ['DRAFT', 'ACTIVE', 'ARCHIVED', 'DEPRECATED', 'CLOSED'] as const;
export type CustomerStatus = (typeof CUSTOMER_STATUSES)[number];
export const CUSTOMER_TYPES = ['ORGANIZATION', 'INDIVIDUAL'] as const;
const ROLES = ['DEFAULT', 'NON_PROCESSING', 'SELF_BILLING', 'SELLER', 'PROCESSING_ONLY'] as const;

const individual = z.object({ name: personName.optional(), residential_address: address.optional() });

const organization = z.object({
  legal_name: longText.optional(),
  tax_id: longText.nullish(),
  tax_ids: z.array(taxId).max(100).nullish(),
  registration_number: longText.nullish(),
  tax_exempt: z.boolean().nullish(),
  tax_exempt_note: longText.nullish(),
  registered_address: address.optional(),
  tax_registrations: z.array(taxRegistration).max(100).nullish(),
});

const subscriptionSelector = z.object({
  data: z.array(kept).nullish(),
  rules: z.array(kept).nullish(),
  filters: z.array(kept).nullish(),
  fallback: z.enum(['LATEST', 'NONE']).nullish(),
});

/** One schema for creating a customer, for what a PATCH leaves of it, and for the copies inside invoices. */
export const customerCreateRequest = z
  .object({
    parent_customer_id: id.nullish(),
    parent_customer_ids: z.array(id).max(1_000).nullish(),
    reference: reference.optional(),
    status: z.enum(CUSTOMER_STATUSES).nullish(),
    timezone: timezone.nullish(),
    type: z.enum(CUSTOMER_TYPES),
    email: email.optional(),
    notification_preferences: z.array(notificationPreference).max(100).nullish(),
    locale: locale.nullish(),
    individual: individual.optional(),
    organization: organization.optional(),
    processing_only: z.boolean().nullish(),
    pricing_plan_subscription_selector: subscriptionSelector.optional(),
    roles: z.array(z.enum(ROLES)).max(100).nullish(),
    seller_details: z.object({ default_billing_entity_id: id.nullish() }).optional(),
    ...partyLists,
  })
  .meta({ id: 'CustomerCreateRequest' });

/** A new customer keeps the id that a PUT brings. */
export const customerUpsertRequest = customerCreateRequest
  .extend({ id: id.nullish() })
  .meta({ id: 'CustomerUpsertRequest' });
export const customerUpdateRequest = patchOf(customerCreateRequest).meta({ id: 'CustomerUpdateRequest' });

export type CustomerCreateRequest = z.output<typeof customerCreateRequest>;
export type CustomerUpsertRequest = z.output<typeof customerUpsertRequest>;
export type CustomerUpdateRequest = z.output<typeof customerUpdateRequest>;

export const customerResponse = z
  .object({
    ...resourceHead,
    ...customerCreateRequest.shape,
    forgotten_at: z.string().optional().describe('Additive. When everything personal was erased, by `forget`.'),
    ...resourceTimes,
  })
  .meta({ id: 'Customer' });
export const customerPage = pageOf(customerResponse, 'CustomerResponseWrapper');

export function toWire({ id, status, document, createdAt, updatedAt }: CustomerRow) {
  return {
    object_type: 'CUSTOMER',
    id,
    ...document,
    status,
    created_at: toWireTime(createdAt),
    updated_at: toWireTime(updatedAt),
  };
}
