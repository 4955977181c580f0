import { z } from 'zod';
import { type ContactRow } from '#billing/contacts/contact';
import { toWireTime } from '#kernel/local-time';
import { pageOf } from '../http/pages.js';
import { email, id, reference, resourceHead, resourceTimes } from '../wire/fields.js';
import { notificationPreference, partyLists, personName } from '../wire/parties.js';

export const contactCreateRequest = z
  .object({
    reference,
    customer_id: id,
    name: personName.optional(),
    email: email.optional(),
    notification_preferences: z.array(notificationPreference).max(100).nullish(),
    ...partyLists,
  })
  .meta({ id: 'ContactCreateRequest' });

/** A new contact keeps the id that a PUT brings. */
export const contactUpsertRequest = contactCreateRequest
  .extend({ id: id.nullish() })
  .meta({ id: 'ContactUpsertRequest' });
export const contactUpdateRequest = contactCreateRequest.partial().meta({ id: 'ContactUpdateRequest' });

export type ContactCreateRequest = z.output<typeof contactCreateRequest>;
export type ContactUpsertRequest = z.output<typeof contactUpsertRequest>;
export type ContactUpdateRequest = z.output<typeof contactUpdateRequest>;

export const contactResponse = z
  .object({ ...resourceHead, ...contactCreateRequest.shape, ...resourceTimes })
  .meta({ id: 'Contact' });
export const contactPage = pageOf(contactResponse, 'ContactResponseWrapper');

export function toWire({ id, document, createdAt, updatedAt }: ContactRow) {
  return {
    object_type: 'CONTACT',
    id,
    ...document,
    created_at: toWireTime(createdAt),
    updated_at: toWireTime(updatedAt),
  };
}
