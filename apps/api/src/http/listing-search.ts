import { z } from 'zod';

const searchField = z.object({
  name: z.string().max(256).nullish().describe('The field to look into; absent or null: every text field.'),
  value: z.string().max(1000).optional().describe('The text to find; required.'),
  wildcard_start: z.boolean().nullish(),
  wildcard_end: z.boolean().nullish(),
  ignore_case: z.boolean().nullish(),
});

const filterField = z.object({
  name: z.string().max(256).optional().describe('The field to filter by; required.'),
  reference: z.string().max(256).nullish().describe('With the name `custom_field`: the reference of the custom field.'),
  value: z.string().max(1000).nullish(),
  values: z.array(z.string().max(1000)).max(1000).nullish().describe('Any of them.'),
});

const selectionRuleField = z.object({ name: z.string().max(256).optional(), value: z.string().max(1000).nullish() });

/** Body of every search: all of its parts must hold. `{}` finds everything. */
export const searchRequest = z
  .object({
    search_fields: z.array(searchField).max(50).optional(),
    filter_fields: z.array(filterField).max(50).optional(),
    selection_rule_fields: z
      .array(selectionRuleField)
      .max(0, 'selection_rule_fields cannot be used here; leave it out or empty.')
      .optional(),
  })
  .meta({ id: 'SearchCreateRequest' });

export type SearchRequest = z.output<typeof searchRequest>;
export type SearchField = z.output<typeof searchField>;
export type FilterField = z.output<typeof filterField>;
