import { z } from 'zod';
import { isQuantity } from '#kernel/amount';
import { CURRENCIES } from './codes.js';

/** A decimal number as text: up to 20 digits before and 10 after the point. */
const quantity = z
  .string()
  .refine(isQuantity, 'Write a decimal number such as 1234.50: up to 20 digits before and 10 after the point.');

/** Major units of a currency. Callers state amounts; they are kept as they are. */
export const amount = z.object({ quantity, currency: z.enum(CURRENCIES) }).meta({ id: 'Amount' });
