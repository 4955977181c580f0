import { z } from 'zod';
import { type Identifier } from '#billing/resources/record-resource';
import { DomainError } from '#kernel/errors';

/** Query of a PUT on a collection. */
export const upsertQuery = z.object({
  identifier_field: z
    .enum(['id', 'reference'])
    .optional()
    .describe('Which field says whether the resource exists. Default: the id when it is known, else the reference.'),
  custom_field_reference: z.string().optional().describe('Not served by this version.'),
  field_actions: z.record(z.string(), z.string()).optional().describe('Not served by this version.'),
});

export type UpsertQuery = z.output<typeof upsertQuery>;

/** @throws DomainError INVALID_FIELD for what the contract has and this version does not serve. */
export function identifierOf({ identifier_field, custom_field_reference, field_actions }: UpsertQuery): Identifier {
  if (custom_field_reference !== undefined) {
    const message = 'Resources are found by id or reference here; leave custom_field_reference out.';
    throw DomainError.invalidField('custom_field_reference', message);
  }
  if (field_actions !== undefined) {
    throw DomainError.invalidField(
      'field_actions',
      'field_actions is not served here; state the fields as they shall be.',
    );
  }
  return identifier_field ?? 'any';
}
