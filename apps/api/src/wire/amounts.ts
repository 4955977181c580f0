import { z } from 'zod';
import { isQuantity } from '#kernel/amount';
import { CURRENCIES } from './codes.js';
import { id } from './fields.js';

/** A decimal number as text: up to 20 digits before and 10 after the point. */
const quantity = z
  .string()
  .refine(isQuantity, 'Write a decimal number such as 1234.50: up to 20 digits before and 10 after the point.');

/** Major units of a currency. Callers state amounts; they are kept as they are. */
export const amount = z.object({ quantity, currency: z.enum(CURRENCIES) }).meta({ id: 'Amount' });

/** Credits of a kind. */
export const credits = z.object({ quantity, credit_type_id: id }).meta({ id: 'Credits' });

/** The reference requires neither half in a request; we say which one is missing. */
export const statedAmount = amount
  .partial()
  .superRefine(bothHalves('quantity', 'currency'))
  .meta({ id: 'AmountCreateRequest' });
export const statedCredits = credits
  .partial()
  .superRefine(bothHalves('quantity', 'credit_type_id'))
  .meta({ id: 'CreditsCreateRequest' });

function bothHalves(...names: string[]) {
  return (value: Record<string, unknown>, context: z.RefinementCtx) => {
    for (const name of names) {
      if (value[name] !== undefined) continue;
      context.addIssue({ code: 'custom', path: [name], message: `State ${names.join(' and ')}.` });
    }
  };
}
