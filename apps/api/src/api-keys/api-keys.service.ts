import { Injectable } from '@nestjs/common';
import { isJsonObject, type JsonObject } from '#billing/resources/merge-patch';
import { findResource, resourcesByIds } from '#billing/resources/resource-table';
import { Database, Prisma } from '#database/database';
import { DomainError } from '#kernel/errors';
import { type ApiKeyRow, apiKeyTable, changeApiKey, createApiKey } from '../access/api-key.js';
import { type Caller } from '../http/caller.js';
import { validate } from '../http/validation.js';
import { type ApiKeyCreateRequest, apiKeyCreateRequest, type ApiKeySearchRequest } from './api-key.wire.js';

type UsedApiKey = ApiKeyRow & { lastUsedAt: Date | null };

@Injectable()
export class ApiKeysService {
  constructor(private readonly database: Database) {}

  async create({ platformId, rights }: Caller, body: ApiKeyCreateRequest): Promise<{ row: ApiKeyRow; key: string }> {
    const document = { ...documentOn(platformId, body), status: statusOf(body) ?? 'ACTIVE' };
    return this.database.transaction((tx) => createApiKey(tx, platformId, document, rights));
  }

  /** @throws DomainError RESOURCE_NOT_FOUND */
  async get(platformId: string, id: string): Promise<UsedApiKey> {
    const [row] = await this.byIds(platformId, [id]);
    if (!row) throw DomainError.notFound('API_KEY', id);
    return row;
  }

  async byIds(platformId: string, ids: string[]): Promise<UsedApiKey[]> {
    const rows = await resourcesByIds(this.database.client, apiKeyTable, platformId, ids);
    const used = await this.database.client.apiKey.findMany({
      where: { platformId, id: { in: ids } },
      select: { id: true, lastUsedAt: true },
    });
    const lastUsed = new Map(used.map(({ id, lastUsedAt }) => [id, lastUsedAt]));
    return rows.map((row) => ({ ...row, lastUsedAt: lastUsed.get(row.id) ?? null }));
  }

  async patch({ platformId, rights }: Caller, id: string, body: ApiKeyCreateRequest): Promise<UsedApiKey> {
    const patch = { ...documentOn(platformId, body), status: statusOf(body) };
    await this.database.transaction((tx) =>
      changeApiKey(tx, { platformId, id }, patch, { check: checkApiKey, own: rights }),
    );
    return this.get(platformId, id);
  }

  /** The first key that fits. @throws DomainError RESOURCE_NOT_FOUND when none does (e.64). */
  async find(platformId: string, search: ApiKeySearchRequest): Promise<UsedApiKey> {
    const { resource_id: id, username, user_type: type, include_inactive: inactive } = search;
    const foreign = type != null && type !== 'API_KEY';
    const key = id == null ? null : await findResource(this.database.client, apiKeyTable, platformId, { id });
    const conditions = [
      ...(id == null ? [] : [Prisma.sql`id = ${id}`]),
      ...(username == null ? [] : [Prisma.sql`description = ${username}`]),
      ...(inactive ? [] : [Prisma.sql`status = 'ACTIVE'`]),
    ];
    const [found] =
      foreign || (id != null && !key)
        ? []
        : await this.database.client.$queryRaw<{ id: string }[]>`
            SELECT id FROM api_key
             WHERE ${Prisma.join([Prisma.sql`platform_id = ${platformId} AND deleted_at IS NULL`, ...conditions], ' AND ')}
             ORDER BY created_at DESC, id DESC LIMIT 1`;
    if (!found) throw DomainError.notFound('API_KEY', id ?? username ?? 'like this');
    return this.get(platformId, found.id);
  }
}

function checkApiKey(document: JsonObject): JsonObject {
  return validate(apiKeyCreateRequest, document);
}

/** The body as it is stored: each membership says of which platform it is. */
function documentOn(platformId: string, request: ApiKeyCreateRequest): JsonObject {
  const { active: _active, api_key: _key, entity_id: _entity, account_memberships: memberships, ...body } = request;
  const stated = memberships?.filter(isJsonObject).map((one) => ({ ...one, account_id: one.account_id ?? platformId }));
  return { ...body, account_memberships: memberships === null ? null : stated };
}

/** @throws DomainError INVALID_FIELD for a status that a key cannot have, and for two that contradict each other. */
function statusOf({ active, status }: ApiKeyCreateRequest): string | undefined {
  if (status != null && status !== 'ACTIVE' && status !== 'INACTIVE') {
    throw DomainError.invalidField('status', `A key is ACTIVE or INACTIVE, not ${status}.`);
  }
  const byActive = active == null ? undefined : active ? 'ACTIVE' : 'INACTIVE';
  if (status != null && byActive !== undefined && status !== byActive) {
    throw DomainError.invalidField('active', 'active and status contradict each other; state one of them.');
  }
  return byActive ?? status ?? undefined;
}
