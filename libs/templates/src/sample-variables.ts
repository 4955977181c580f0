import { z } from 'zod';
import { type Amount } from '#kernel/amount';
import { type Formatter } from '#kernel/format';
import { type TemplateValue, type TemplateVariables } from './template-variables.js';

const amount = z.strictObject({ quantity: z.string(), currency: z.string() });
const plain = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const sample = z.record(
  z.string(),
  z.union([plain, amount, z.array(z.union([z.string(), z.record(z.string(), plain)]))]),
);

/**
 * The variables of a template's `sample.json` as a workflow would supply them for this reader: amounts and dates
 * (`*_date`) formatted, each with its `*_raw` twin beside it.
 * @param facts the content of `sample.json`: amounts as `{quantity, currency}`, dates as instants.
 */
export function sampleVariables(facts: unknown, format: Formatter): TemplateVariables {
  const variables: Record<string, TemplateValue> = {};
  for (const [name, fact] of Object.entries(sample.parse(facts))) {
    if (isAmount(fact)) {
      variables[name] = format.money(fact);
      variables[`${name}_raw`] = fact.quantity;
    } else {
      variables[name] = fact;
      if (name.endsWith('_date')) {
        variables[name] = typeof fact === 'string' ? format.date(fact) : null;
        variables[`${name}_raw`] = fact;
      }
    }
  }
  return variables;
}

function isAmount(fact: unknown): fact is Amount {
  return amount.safeParse(fact).success;
}
