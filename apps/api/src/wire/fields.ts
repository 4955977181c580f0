import { z } from 'zod';
import { addressProblem } from '#email/message/address';
import { looksLikeId } from '#kernel/ids';
import { isTimeZone } from '#kernel/local-time';

/** Names and descriptions of resources: one line. */
export const line = z
  .string()
  .max(256)
  .regex(/^[^\r\n]*$/, 'Write it on one line, without line breaks.');

/** Party names, addresses, notes: may have several lines. */
export const longText = z.string().max(5_000);

/** An id of ours or an imported one: opaque. */
export const id = z.string().min(1).max(256).regex(/^\S*$/, 'An id has no spaces.');

/** The caller's own name of a resource, unique on the platform. */
export const reference = z
  .string()
  .min(1)
  .max(256)
  .regex(/^\S*$/, 'A reference has no spaces or line breaks.')
  .refine((text) => !looksLikeId(text), 'A reference must not look like an id (four letters, _ and 20 characters).');

export const email = z.string().superRefine((address, context) => {
  const problem = addressProblem(address);
  if (problem) context.addIssue({ code: 'custom', message: problem });
});

export const timezone = z
  .string()
  .refine(
    isTimeZone,
    'Name a zone of the IANA database such as Europe/Amsterdam; offsets such as UTC+2 are ambiguous.',
  );

export const locale = z
  .string()
  .regex(/^[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8}){0,4}$/, 'Write language and country, as in en-US.');

/** ISO 8601; a date alone counts from midnight UTC. */
export const instant = z.union([z.iso.datetime({ offset: true }), z.iso.date()]);

export const period = z.object({
  type: z.enum(['DAY', 'WEEK', 'MONTH', 'YEAR']).optional(),
  value: z.int().nullish(),
});

/** Parts of the contract that this product keeps but does not use. */
export const kept = z.looseObject({});

/** What every answer with a resource begins with. */
export const resourceHead = { object_type: z.string(), id: z.string() };
/** What every answer with a resource ends with. */
export const resourceTimes = { created_at: z.string(), updated_at: z.string() };
