import { z } from 'zod';
import { type IntegrationRow } from '#billing/integrations/integration';
import { smtpCredentials } from '#email/providers/smtp/smtp-credentials';
import { toWireTime } from '#kernel/local-time';
import { pageOf } from '../http/pages.js';
import { patchOf } from '../http/patch-of.js';
import { id, kept, line, longText, period, reference, resourceHead, resourceTimes } from '../wire/fields.js';

export const INTEGRATION_STATUSES = [
  'DRAFT',
  'PENDING',
  'TESTING',
  'ACTIVE',
  'ERROR',
  'DEPRECATED',
  'ARCHIVED',
] as const;
export const INTEGRATION_TYPES = [
  'PAYMENT_GATEWAY',
  'E_INVOICING',
  'TAX_CALCULATION',
  'DATA_EXPORT',
  'EMAIL_PROVIDER',
] as const;

const secret = z.string().min(1).max(4_096);
const name = z.string().max(512);

/** Secrets are written and never answered; what is left out of a PATCH stays. */
export const authenticationRequest = z.object({
  api_key: z.object({ header: name.nullish(), value: secret.nullish() }).optional(),
  client_credentials: z.object({ client_id: name.optional(), client_secret: secret.optional() }).optional(),
  username_password: z.object({ username: name.optional(), password: secret.optional() }).optional(),
});

const authenticationResponse = z.object({
  api_key: z.object({ header: name.nullish() }).optional(),
  client_credentials: z.object({ client_id: name.optional() }).optional(),
  username_password: z.object({ username: name.optional() }).optional(),
});

const smtp = z.object({
  host: smtpCredentials.shape.host,
  port: smtpCredentials.shape.port.optional().describe('Default: 465 with `secure`, else 587.'),
  secure: z.boolean().optional().describe('TLS from the first byte. Otherwise STARTTLS where the server offers it.'),
  require_tls: z.boolean().optional().describe('Send nothing without TLS. Default: yes when there is a password.'),
  allow_invalid_certificate: z.boolean().optional().describe('For self-signed certificates inside a private network.'),
});

const emailProvider = z.object({
  variant: z
    .enum(['SYSTEM', 'MAILGUN', 'SMTP'])
    .optional()
    .describe('SYSTEM: the mail server of this installation. SMTP: your own, in `smtp`. MAILGUN is not served yet.'),
  mailgun: z
    .object({ domain: name.optional(), region: z.enum(['US', 'EU']).nullish(), plan: name.nullish() })
    .optional(),
  smtp: smtp.optional(),
  delivery_window: period.optional(),
  use_localized_templates: z
    .boolean()
    .nullish()
    .describe('`false`: every mail from the template as named, in its base language. Default: in the customer’s.'),
});

/** Blocks of integrations that are not for mail. */
const otherBlocks = {
  payment_gateway: z
    .object({ variant: z.enum(['ADYEN', 'STRIPE']).optional(), adyen: kept.optional(), stripe: kept.optional() })
    .optional(),
  e_invoicing: z.object({ mandates: z.array(kept).optional(), processor: z.enum(['AVALARA']).optional() }).optional(),
  data_export: z
    .object({
      variant: z.enum(['S3', 'BIGQUERY', 'GCS', 'SNOWFLAKE']).optional(),
      s3: kept.optional(),
      bigquery: kept.optional(),
      gcs: kept.optional(),
      snowflake: kept.optional(),
      transport_type: name.nullish(),
    })
    .optional(),
  tax_calculation: z
    .object({
      billing_entity_id: name.optional(),
      variant: z.enum(['AVATAX']).optional(),
      ava_tax: kept.optional(),
      custom_tax_codes: z.array(kept).optional(),
      enable_tax_filing: z.boolean().optional(),
    })
    .optional(),
};

/** The blocks that belong to other types than EMAIL_PROVIDER. */
export const OTHER_BLOCKS = Object.keys(otherBlocks) as (keyof typeof otherBlocks)[];

const linkedResource = z.object({ resource_type: name.optional(), link_details: z.array(kept).max(100).optional() });

export const integrationCreateRequest = z
  .object({
    reference,
    name: line.optional(),
    description: line.optional(),
    status: z.enum(INTEGRATION_STATUSES).nullish(),
    message: longText.nullish().describe('Explains the status. Written by the server only.'),
    type: z.enum(INTEGRATION_TYPES),
    authentication: authenticationRequest.optional(),
    email_provider: emailProvider.optional(),
    linked_resources_configurations: z.array(linkedResource).max(100).optional(),
    ...otherBlocks,
  })
  .meta({ id: 'IntegrationCreateRequest' });
export const integrationUpdateRequest = patchOf(integrationCreateRequest).meta({ id: 'IntegrationUpdateRequest' });

export type IntegrationCreateRequest = z.output<typeof integrationCreateRequest>;
export type IntegrationUpdateRequest = z.output<typeof integrationUpdateRequest>;

export const integrationResponse = z
  .object({
    ...resourceHead,
    ...integrationCreateRequest.shape,
    authentication: authenticationResponse.optional(),
    ...resourceTimes,
  })
  .meta({ id: 'Integration' });
export const integrationPage = pageOf(integrationResponse, 'IntegrationResponseWrapper');

export const testConnectionQuery = z.object({
  integration_type: z
    .enum(INTEGRATION_TYPES)
    .optional()
    .describe('EMAIL_PROVIDER, and its default: the only type that this version serves.'),
  e_invoicing_processor: name.optional().describe('Not served by this version.'),
  tax_calculation_variant: name.optional().describe('Not served by this version.'),
  integration_id: id
    .optional()
    .describe(
      'Additive. Tries the settings of this integration, with what the body states in place of its own secrets. Default: the mail server of this installation.',
    ),
});
export type TestConnectionQuery = z.output<typeof testConnectionQuery>;
export type AuthenticationRequest = z.output<typeof authenticationRequest>;

export const testConnectionResponse = z
  .object({ successful: z.boolean(), message: z.string().nullish() })
  .meta({ id: 'TestConnectionResponse' });

/** The secrets are in a column of their own, which is not read here. */
export function toWire({ id, status, document, createdAt, updatedAt }: Omit<IntegrationRow, 'secrets'>) {
  return {
    object_type: 'INTEGRATION',
    id,
    ...document,
    status,
    created_at: toWireTime(createdAt),
    updated_at: toWireTime(updatedAt),
  };
}
