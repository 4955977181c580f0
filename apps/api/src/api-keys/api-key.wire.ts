import { z } from 'zod';
import { isJsonObject, type JsonObject } from '#billing/resources/merge-patch';
import { toWireTime } from '#kernel/local-time';
import { type ApiKeyRow, documentOf } from '../access/api-key.js';
import { pageOf } from '../http/pages.js';
import { id, kept, line } from '../wire/fields.js';

const membershipFields = {
  account_id: id.optional().describe('The platform. Default: the own one.'),
  account_reference: z.string().max(256).nullish(),
  environment: z.string().max(256).nullish(),
  type: z.enum(['ADMIN', 'USER', 'PARTNER']).default('USER'),
  role_ids: z.array(id).max(200).default([]),
};

const readOnly = z.string().max(256).nullish().describe('Read-only: ignored.');

const keyFields = {
  api_key: readOnly,
  entity_id: readOnly,
  active: z.boolean().nullish().describe('The same as the status ACTIVE or INACTIVE.'),
  status: z
    .enum(['INVITED', 'INVITE_REVOKED', 'ACTIVE', 'INACTIVE'])
    .nullish()
    .describe('A key is ACTIVE or INACTIVE; the others are for people.'),
  description: line.nullish(),
  role_type: z
    .enum(['ADMINISTRATOR', 'READ_ONLY'])
    .nullish()
    .describe('Default: ADMINISTRATOR. Roles of memberships override it.'),
};

export const apiKeyCreateRequest = z
  .object({
    ...keyFields,
    account_memberships: z.array(z.object(membershipFields)).max(20).nullish(),
    team_memberships: z.array(kept).max(20).nullish(),
  })
  .meta({ id: 'ApiKeyCreateRequest' });
export const apiKeyUpdateRequest = apiKeyCreateRequest.partial().meta({ id: 'ApiKeyUpdateRequest' });

export type ApiKeyCreateRequest = z.output<typeof apiKeyCreateRequest>;

export const apiKeySearchRequest = z
  .object({
    resource_id: z.string().max(256).nullish().describe('Id of the key.'),
    username: z.string().max(256).nullish().describe('Description of the key.'),
    user_type: z.string().max(256).nullish().describe('API_KEY, or left out.'),
    include_inactive: z.boolean().nullish(),
  })
  .meta({ id: 'UserSearchFilterCreateRequest' });

export type ApiKeySearchRequest = z.output<typeof apiKeySearchRequest>;

export const apiKeyResponse = z
  .object({
    object_type: z.string(),
    id: z.string(),
    ...apiKeyCreateRequest.shape,
    api_key: z.string().nullish().describe('The key itself: only in the answer that creates it.'),
    entity_id: z.string().nullish().describe('The platform.'),
    account_memberships: z
      .array(z.object({ ...membershipFields, object_type: z.string(), account: kept, roles: z.array(kept).nullish() }))
      .nullish(),
    last_used_at: z.string().nullish().describe('To the minute.'),
    created_at: z.string(),
    updated_at: z.string(),
  })
  .meta({ id: 'ApiKey' });
export const apiKeyPage = pageOf(apiKeyResponse, 'ApiKeyPaginatedResponseWrapper');

/** @param key the key itself, when it was made just now. */
export function toWire(row: ApiKeyRow & { lastUsedAt?: Date | null }, key?: string) {
  const { account_memberships: memberships, ...document } = documentOf(row);
  return {
    object_type: 'API_KEY',
    id: row.id,
    api_key: key,
    entity_id: row.platformId,
    active: row.status === 'ACTIVE',
    ...document,
    account_memberships: Array.isArray(memberships)
      ? memberships.filter(isJsonObject).map((membership) => membershipToWire(membership, row.platformId))
      : undefined,
    last_used_at: row.lastUsedAt ? toWireTime(row.lastUsedAt) : undefined,
    created_at: toWireTime(row.createdAt),
    updated_at: toWireTime(row.updatedAt),
  };
}

function membershipToWire(membership: JsonObject, platformId: string) {
  const account = { id: membership.account_id, platform_id: platformId };
  return { object_type: 'MEMBERSHIP', ...membership, account };
}
