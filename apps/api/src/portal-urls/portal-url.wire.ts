import { z } from 'zod';
import { portalUrlDocument, type PortalUrlRow, portalUrlStatus } from '#billing/portal-urls/portal-url';
import { type PayLinks } from '#billing/payment-links/pay-link';
import { toWireTime } from '#kernel/local-time';
import { pageOf } from '../http/pages.js';
import { patchOf } from '../http/patch-of.js';
import { id, instant, longText, resourceHead, resourceTimes } from '../wire/fields.js';

export const PORTAL_URL_TYPES = [
  'INVOICE',
  'PAY_INVOICE',
  'CUSTOMER',
  'QUOTE_VERSION',
  'INIT_PRICING_PLAN_SUBSCRIPTION',
] as const;
export const PORTAL_URL_STATUSES = ['PUBLISHED', 'REVOKED', 'EXPIRED'] as const;

const choice = z.boolean().nullish();
const expiryPeriod = z.object({
  type: z.enum(['DAY', 'WEEK', 'MONTH', 'YEAR']).optional(),
  value: z.int().min(1).max(3_650).nullish(),
});

export const portalUrlCreateRequest = z
  .object({
    type: z.enum(PORTAL_URL_TYPES).nullable(),
    customer_id: id.nullish(),
    status: z.enum(PORTAL_URL_STATUSES).nullish().describe('PUBLISHED at first; EXPIRED is the clock’s to say.'),
    expiry_period: expiryPeriod.optional().describe('From now on. Without it and `expires_at` it never expires.'),
    expires_at: instant.nullish().describe('Goes before `expiry_period`.'),
    embedded: choice,
    template_id: z.string().max(256).nullish(),
    token: z.string().nullish().describe('Read-only. Opens the page, and access tokens by its alias.'),
    url: z.string().nullish().describe('Read-only.'),
    widgets: z
      .object({
        usage: z.string().nullish(),
        invoices: z.string().nullish(),
        pricing_plan_subscriptions: z.string().nullish(),
      })
      .nullish()
      .describe('Read-only; there are none in this version.'),
    invoice: z
      .object({
        id: id.optional(),
        options: z.object({ download_invoice: choice, pay_open_invoice: choice }).optional(),
      })
      .optional(),
    customer: z
      .object({
        display: z
          .object({ usage: choice, invoices: choice, pricing_plan_subscriptions: choice, payment_acceptors: choice })
          .optional(),
        options: z
          .object({
            edit_customer_details: choice,
            download_invoice: choice,
            pay_open_invoice: choice,
            combine_open_invoices: choice,
          })
          .optional(),
      })
      .optional(),
    quote_version: z.object({ id: id.nullish() }).optional(),
    init_pricing_plan_subscription: z
      .object({ pricing_plan_subscription_id: id.optional(), success_url: longText.nullish() })
      .optional(),
  })
  .meta({ id: 'PortalUrlCreateRequest' });
export const portalUrlUpdateRequest = patchOf(portalUrlCreateRequest).meta({ id: 'PortalUrlUpdateRequest' });

export type PortalUrlCreateRequest = z.output<typeof portalUrlCreateRequest>;
export type PortalUrlUpdateRequest = z.output<typeof portalUrlUpdateRequest>;

export const portalUrlResponse = z
  .object({ ...resourceHead, ...portalUrlCreateRequest.shape, ...resourceTimes })
  .meta({ id: 'PortalUrl' });
export const portalUrlPage = pageOf(portalUrlResponse, 'PortalUrlResponseWrapper');

/** Its token is derived from its id, and is told to whoever may see portal URLs. @param now decides what has expired. */
export function toWire(row: PortalUrlRow, links: PayLinks, now: Date) {
  return {
    object_type: 'PORTAL_URL',
    id: row.id,
    ...portalUrlDocument(row),
    status: portalUrlStatus(row, now),
    token: links.token(row.id),
    url: links.pageUrl(row.id),
    created_at: toWireTime(row.createdAt),
    updated_at: toWireTime(row.updatedAt),
  };
}
