import { z } from 'zod';
import { type InvoiceRow } from '#billing/invoices/invoice.repository';
import { toWireTime } from '#kernel/local-time';
import { billingEntityCreateRequest } from '../billing-entities/billing-entity.wire.js';
import { customerCreateRequest } from '../customers/customer.wire.js';
import { pageOf } from '../http/pages.js';
import { patchOf } from '../http/patch-of.js';
import { amount } from '../wire/amounts.js';
import { CURRENCIES } from '../wire/codes.js';
import { id, instant, kept, longText, period, resourceTimes, timezone } from '../wire/fields.js';
import { customField, linkedIntegration, taxRegistration } from '../wire/parties.js';
import { invoicePeriod, paymentAction, taxCategories, taxSummary } from './invoice-lines.wire.js';

export const INVOICE_TYPES = ['STANDARD', 'CREDIT', 'ONE_OFF', 'ONE_OFF_CREDIT'] as const;
const PAYMENT_STATUSES = ['UNPAID', 'PARTIALLY_PAID', 'PAID', 'OVERPAID'] as const;
const list = (item: z.ZodType = kept) => z.array(item).max(10_000);

/** The fields of an invoice as its caller writes them; read-only ones are ignored. */
const fields = {
  invoice_number: z
    .string()
    .min(1)
    .max(256)
    .regex(/^[^\r\n]*$/, 'Write it on one line.')
    .nullish(),
  purchase_order_number: z.string().max(256).nullish(),
  platform_id: z.string().nullish().describe('Read-only.'),
  customer_id: id.nullish(),
  customer_reference: z.string().max(256).nullish(),
  sales_tax_percentage: z.string().max(64).nullish(),
  billing_entity_id: id.optional(),
  status: z.string().max(64).optional().describe('OPEN, DRAFT, FINAL, ARCHIVED or VOID.'),
  on_hold: z.boolean().optional(),
  paid: z.boolean().nullish(),
  type: z.enum(INVOICE_TYPES),
  invoice_date: instant.optional(),
  delivery_date: z.string().max(64).nullish(),
  due_date: instant.nullish(),
  billing_period_date: z.string().max(64).nullish(),
  billing_currency: z.enum(CURRENCIES).nullish(),
  invoice_amount_including_tax: amount.nullish(),
  open_invoice_amount: amount.nullish(),
  closed_invoice_amount: amount.nullish(),
  paid_invoice_amount: amount.nullish(),
  timezone: timezone.nullish(),
  billing_period: period.nullish(),
  pricing_plan_subscription_ids: z.array(id).max(10_000).nullish(),
  pricing_amount_type: z.enum(['EXCLUDING_TAX', 'INCLUDING_TAX']).optional(),
  periods: list(invoicePeriod).optional(),
  closed_periods: list(invoicePeriod).nullish(),
  tax_categories: taxCategories.nullish(),
  tax_summary: taxSummary.nullish(),
  auto_rescues: list().nullish(),
  dunning_actions: list().nullish(),
  payment_acceptor_ids: z.array(id).max(1_000).optional(),
  payment_actions: list(paymentAction).nullish(),
  pay_invoice_link: kept.nullish(),
  notes: list(longText).nullish(),
  linked_invoices: list().nullish(),
  linked_invoices_ids: z.array(id).max(1_000).optional(),
  custom_fields: list(customField).nullish(),
  other_custom_fields: list().nullish(),
  credit: kept.nullish(),
  e_invoices: list().nullish(),
  used_exchange_rates: list().nullish(),
  processing_only_customers: list().nullish(),
  meter_values: list().nullish(),
  credit_types: list().nullish(),
  display_invoice_sub_lines_per_processing_only_customer: z.boolean().nullish(),
  forwarded_from_customers: list().nullish(),
  validation_result: list().nullish(),
  to_be_reprocessed: z.boolean().nullish(),
  to_be_reprocessed_at: z.string().max(64).nullish(),
  reprocess: kept.optional(),
  used_tax_registration: taxRegistration.nullish(),
  footnote: longText.nullish(),
  approval_status: z.enum(['PENDING_REVIEW', 'APPROVED', 'DECLINED', 'CANCELLED']).nullish(),
  updated_to_final_at: instant.nullish(),
  has_usage_based_pricing: z.boolean().nullish(),
  coupons: list().nullish(),
  promotion_codes: list().nullish(),
  linked_integrations: list(linkedIntegration).nullish(),
  billing_type: z.enum(['DEFAULT', 'SELF_BILLING']).nullish(),
  payment_status: z.enum(PAYMENT_STATUSES).nullish(),
};

/** Parties inside an invoice may be given by their id alone. */
const embeddedCustomer = customerCreateRequest.partial().extend({ id: id.nullish() });
const embeddedBillingEntity = billingEntityCreateRequest.partial().extend({ id: id.nullish() });
const parties = { customer: embeddedCustomer.nullish(), billing_entity: embeddedBillingEntity.nullish() };

export const invoiceCreateRequest = z.object({ ...fields, ...parties }).meta({ id: 'InvoiceCreateRequest' });
export const invoiceUpdateRequest = patchOf(invoiceCreateRequest).meta({ id: 'InvoiceUpdateRequest' });
/** What a PATCH has made of an invoice, but for the copies of its parties: those were judged when they came. */
export const patchedInvoice = z.object(fields).partial();
/** The body of `send_by_email`: empty in the reference. */
export const sendByEmailRequest = z
  .object({
    workflow_id: id.nullish().describe('Additive. Which of several ACTIVE TO_FINAL workflows sends it.'),
  })
  .meta({ id: 'SendInvoiceByEmailDataCreateRequest' });
/** The whole document of a billing backend: found by `id`, else by `invoice_number`. */
export const invoiceDocument = invoiceCreateRequest.extend({ id: id.nullish() }).meta({ id: 'InvoiceDocument' });

export type InvoiceCreateRequest = z.output<typeof invoiceCreateRequest>;
export type InvoiceUpdateRequest = z.output<typeof invoiceUpdateRequest>;
export type SendByEmailRequest = z.output<typeof sendByEmailRequest>;
export type InvoiceDocumentRequest = z.output<typeof invoiceDocument>;

export const invoiceResponse = z
  .looseObject({
    object_type: z.string(),
    id: z.string(),
    ...fields,
    customer: kept.nullish(),
    billing_entity: kept.nullish(),
    ...resourceTimes,
  })
  .meta({ id: 'Invoice' });
export const invoicePage = pageOf(invoiceResponse, 'InvoiceResponseWrapper');

/** @param withPeriods lists leave the line tree out unless it is asked for. */
export function toWire({ platformId, id, document, status, createdAt, updatedAt }: InvoiceRow, withPeriods = true) {
  const { periods, closed_periods, ...head } = document;
  return {
    object_type: 'INVOICE',
    id,
    platform_id: platformId,
    ...head,
    ...(withPeriods ? { periods, closed_periods } : {}),
    status,
    created_at: toWireTime(createdAt),
    updated_at: toWireTime(updatedAt),
  };
}
