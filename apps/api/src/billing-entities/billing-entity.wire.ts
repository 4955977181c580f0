import { z } from 'zod';
import { type BillingEntityRow } from '#billing/billing-entities/billing-entity';
import { toWireTime } from '#kernel/local-time';
import { pageOf } from '../http/pages.js';
import { COUNTRIES, CURRENCIES } from '../wire/codes.js';
import { email, id, line, longText, reference, resourceHead, resourceTimes, timezone } from '../wire/fields.js';
import { address, partyLists, taxId, taxRegistration } from '../wire/parties.js';

/** One schema for creating a billing entity, for what a PATCH leaves of it, and for the copies inside invoices. */
export const billingEntityCreateRequest = z
  .object({
    reference,
    status: line.nullish(),
    timezone: timezone.nullish(),
    legal_name: longText.nullish(),
    tax_id: longText.nullish(),
    tax_ids: z.array(taxId).max(100).nullish(),
    registration_number: longText.nullish(),
    registered_address: address.optional(),
    email: email.nullish(),
    tax_settings: z.object({ apply_local_vat_for_missing_tax_id: z.boolean().optional() }).optional(),
    tax_registrations: z.array(taxRegistration).max(100).nullish(),
    default_customer_country_selector: z.array(z.enum(COUNTRIES)).max(500).nullish(),
    default_billing_currency_selector: z.array(z.enum(CURRENCIES)).max(500).nullish(),
    ...partyLists,
  })
  .meta({ id: 'BillingEntityCreateRequest' });

/** A new billing entity keeps the id that a PUT brings. */
export const billingEntityUpsertRequest = billingEntityCreateRequest
  .extend({ id: id.nullish() })
  .meta({ id: 'BillingEntityUpsertRequest' });
export const billingEntityUpdateRequest = billingEntityCreateRequest
  .partial()
  .meta({ id: 'BillingEntityUpdateRequest' });

export type BillingEntityCreateRequest = z.output<typeof billingEntityCreateRequest>;
export type BillingEntityUpsertRequest = z.output<typeof billingEntityUpsertRequest>;
export type BillingEntityUpdateRequest = z.output<typeof billingEntityUpdateRequest>;

export const billingEntityResponse = z
  .object({ ...resourceHead, ...billingEntityCreateRequest.shape, ...resourceTimes })
  .meta({ id: 'BillingEntity' });
export const billingEntityPage = pageOf(billingEntityResponse, 'BillingEntityResponseWrapper');

export function toWire({ id, status, document, createdAt, updatedAt }: BillingEntityRow) {
  return {
    object_type: 'BILLING_ENTITY',
    id,
    ...document,
    status,
    created_at: toWireTime(createdAt),
    updated_at: toWireTime(updatedAt),
  };
}
