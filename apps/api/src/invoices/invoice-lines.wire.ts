import { z } from 'zod';
import { amount } from '../wire/amounts.js';
import { kept, longText, period } from '../wire/fields.js';

/**
 * The line tree of an invoice: periods, groups, lines. What is named here is checked and used; whatever else the reference
 * has in these objects is kept as it was sent.
 */

const taxCategory = z.looseObject({
  base_amount: amount.nullish(),
  tax_amount: amount.nullish(),
  total_amount: amount.nullish(),
  percentage: z.string().max(64).nullish(),
  name: longText.nullish(),
  category: z.string().max(256).nullish(),
});
export const taxCategories = z.array(taxCategory).max(1_000);

const tree = {
  amount_excluding_tax: amount.nullish(),
  amount_including_tax: amount.nullish(),
  tax_categories: taxCategories.nullish(),
  start_at: z.string().max(64).nullish(),
  end_at: z.string().max(64).nullish(),
};

const line = z.looseObject({
  ...tree,
  description: longText.nullish(),
  meter_value: z
    .looseObject({ number: z.string().max(64).nullish(), reference: z.string().max(256).nullish() })
    .nullish(),
  details: z
    .looseObject({
      amount: amount.nullish(),
      pricing_amount: amount.nullish(),
      band: z.looseObject({ amount: amount.nullish() }).nullish(),
    })
    .nullish(),
});

const group = z.looseObject({
  ...tree,
  description: longText.nullish(),
  billing_period: period.loose().nullish(),
  lines: z.array(line).max(10_000).nullish(),
});

export const invoicePeriod = z
  .looseObject({
    ...tree,
    billing_period: period.loose().nullish(),
    groups: z.array(group).max(10_000).nullish(),
  })
  .meta({ id: 'InvoicePeriod' });

export const taxSummary = z.looseObject({
  base_amount: amount.nullish(),
  tax_amount: amount.nullish(),
  total_amount: amount.nullish(),
  country_code: z.string().max(64).nullish(),
  notes: z.array(kept.or(z.string())).nullish(),
});

/** How to pay this invoice: accounts and pages that it states itself. */
export const paymentAction = z.looseObject({
  payment_acceptor_id: z.string().max(256).nullish(),
  type: z.string().max(64).nullish(),
  bank_account: z
    .looseObject({
      legal_name: longText.nullish(),
      iban: z.string().max(256).nullish(),
      bic: z.string().max(256).nullish(),
      bank_name: longText.nullish(),
      account_number: z.string().max(256).nullish(),
      reference: longText.nullish(),
    })
    .nullish(),
  payment_gateway: kept.nullish(),
  custom_redirect: z.looseObject({ url: z.string().max(2_000).nullish() }).nullish(),
});
