import { z } from 'zod';

/** The one shape in which the API refuses or fails. */
export const apiError = z
  .object({
    type: z.enum(['API_ERROR', 'INVALID_REQUEST']),
    code: z.string().describe('What went wrong, for programs.'),
    message: z.string().describe('What went wrong and what to do about it, for people.'),
    field: z.string().nullish().describe('Dotted path of the field, array positions as numbers: `periods.0.value`.'),
    resource_id: z.string().nullish(),
    resource_type: z.string().nullish(),
  })
  .meta({ id: 'ApiError' });

export type ApiErrorBody = z.output<typeof apiError>;
