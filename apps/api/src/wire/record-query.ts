import { z } from 'zod';

/** Query of every write of a billing resource from which workflows start. */
export const recordQuery = z.object({
  record_only: z
    .enum(['true', 'false'])
    .optional()
    .describe('Additive. `true`: the write starts no workflow, e.g. while importing what happened long ago.'),
});

export type RecordQuery = z.output<typeof recordQuery>;
