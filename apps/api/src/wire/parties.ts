import { z } from 'zod';
import { COUNTRIES } from './codes.js';
import { kept, longText } from './fields.js';

/** What customers, contacts and billing entities have in common. */

export const address = z
  .object({
    line1: longText.nullish(),
    line2: longText.nullish(),
    city: longText.nullish(),
    postal_code: longText.nullish(),
    state: longText.nullish(),
    country: z.enum(COUNTRIES).nullish(),
  })
  .meta({ id: 'Address' });

export const personName = z
  .object({ first_name: longText.nullish(), last_name: longText.nullish(), infix: longText.nullish() })
  .meta({ id: 'Name' });

const TAX_ID_TYPES = [
  'GENERIC_TAX_ID',
  'AU_GST',
  'CA_GST_HST',
  'CA_PST',
  'CA_PST_BC',
  'CA_PST_MB',
  'CA_PST_SK',
  'CA_QST',
] as const;

export const taxId = z
  .object({
    id: z.string().max(256).optional(),
    type: z.enum(TAX_ID_TYPES).nullish(),
    display_name: longText.nullish(),
    tax_id_validation_result: kept.optional(),
  })
  .meta({ id: 'TaxId' });

export const taxRegistration = z
  .object({
    id: z.string().nullish(),
    description: longText.nullish(),
    tax_id: longText.nullish(),
    tax_ids: z.array(taxId).max(100).nullish(),
    registration_number: longText.nullish(),
    registered_address: address.optional(),
  })
  .meta({ id: 'TaxRegistration' });

export const notificationPreference = z
  .object({
    type: z.enum(['INVOICE']).optional(),
    channels: z
      .array(z.object({ type: z.enum(['EMAIL']).optional(), enabled: z.boolean().nullish() }))
      .max(100)
      .nullish(),
  })
  .meta({ id: 'NotificationPreference' });

export const customField = z
  .object({
    id: z.string().nullish(),
    reference: z.string().nullish(),
    value: longText.nullish(),
    values: z.array(longText).max(1_000).nullish(),
    integration_details: kept.nullish(),
    integration_id: z.string().optional(),
  })
  .meta({ id: 'CustomFieldValue' });

export const linkedIntegration = z
  .object({
    id: z.string().optional(),
    link_details: z
      .array(z.object({ url: longText.nullish(), custom_field_name: longText.nullish() }))
      .max(100)
      .optional(),
  })
  .meta({ id: 'LinkedIntegration' });

/** The three lists that every party may carry. */
export const partyLists = {
  custom_fields: z.array(customField).max(500).nullish(),
  linked_integrations: z.array(linkedIntegration).max(100).nullish(),
};
