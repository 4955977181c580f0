import { createHash } from 'node:crypto';
import { isJsonObject, type JsonObject, mergePatch, textOf } from '#billing/resources/merge-patch';
import { changeResource, type Check, createResource } from '#billing/resources/record-resource';
import { lockResource, type ResourceTable, type RowOf } from '#billing/resources/resource-table';
import { type Transaction } from '#database/database';
import { DomainError } from '#kernel/errors';
import { randomAlphanumerics } from '#kernel/ids';
import { type Rights, rightsOfRoleType } from './rights.js';
import { checkGiven, checkRoleIds, lockAccess, readRoleTree } from './role.js';
import { type RoleTree } from './role-tree.js';

const DEFAULT_ROLE_TYPE = 'ADMINISTRATOR';

/** The column `hash` is written by nothing but `createApiKey`, `last_used_at` by nothing but authentication. */
export const apiKeyTable = {
  table: 'api_key',
  resourceType: 'API_KEY',
  idKind: 'apiKey',
  columns: { description: 'description', roleType: 'role_type', status: 'status' },
  columnsOf: (document: JsonObject) => ({
    description: textOf(document, 'description'),
    roleType: textOf(document, 'role_type') ?? DEFAULT_ROLE_TYPE,
    status: textOf(document, 'status') ?? 'ACTIVE',
  }),
} as const satisfies ResourceTable;

export type ApiKeyRow = RowOf<typeof apiKeyTable>;

/** SHA-256, hexadecimal. A key is random and long: it needs no slow hash. */
export function hashOfKey(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

export function newApiKey(): string {
  return `sk_${randomAlphanumerics(40)}`;
}

/** A key with memberships has the rights of their roles and no others (e.64); without, those of its role type. */
export function rightsOfKey(key: { roleType: string; memberships: unknown }, tree: RoleTree): Rights {
  const memberships = membershipsIn(key.memberships);
  return memberships.length === 0 ? rightsOfRoleType(key.roleType) : tree.rightsOf(roleIdsOf(memberships));
}

/**
 * @param own the rights of who makes it.
 * @returns the key itself beside its row: nothing else ever knows it again.
 * @throws DomainError for roles that do not exist and rights that `own` lacks.
 */
export async function createApiKey(
  tx: Transaction,
  platformId: string,
  body: JsonObject,
  own: Rights,
): Promise<{ row: ApiKeyRow; key: string }> {
  await lockAccess(tx, platformId);
  await judge(tx, platformId, body, own);
  const key = newApiKey();
  const row = await createResource(tx, apiKeyTable, platformId, body);
  await tx.$executeRaw`
    UPDATE api_key SET hash = ${hashOfKey(key)} WHERE platform_id = ${platformId} AND id = ${row.id}`;
  return { row, key };
}

/** Merges a patch. @throws DomainError as `createApiKey`, and when there is no such key. */
export async function changeApiKey(
  tx: Transaction,
  { platformId, id }: { platformId: string; id: string },
  patch: JsonObject,
  { check, own }: { check: Check; own: Rights },
): Promise<ApiKeyRow> {
  await lockAccess(tx, platformId);
  const stored = await lockResource(tx, apiKeyTable, platformId, { id });
  if (!stored) throw DomainError.notFound('API_KEY', id);
  const before = { ...stored, document: documentOf(stored) };
  const document = check(mergePatch(before.document, patch), before.document);
  // Switching off a key that may do more than oneself is no danger; everything else is judged like a new one.
  if (document.status === 'ACTIVE') await judge(tx, platformId, document, own);
  const { row } = await changeResource(tx, apiKeyTable, before, document);
  return row;
}

/** The document with what the columns say: keys that the environment or an operator made have no more than those. */
export function documentOf({ document, description, roleType, status }: ApiKeyRow): JsonObject {
  return mergePatch(document, { description, role_type: roleType, status });
}

async function judge(tx: Transaction, platformId: string, document: JsonObject, own: Rights): Promise<void> {
  const tree = await readRoleTree(tx, platformId);
  const memberships = membershipsIn(document.account_memberships);
  memberships.forEach(({ account_id: account, role_ids }, i) => {
    if (account !== platformId) {
      throw DomainError.unknownReference('PLATFORM', String(account), `account_memberships.${i}.account_id`);
    }
    checkRoleIds(tree, textsIn(role_ids), `account_memberships.${i}.role_ids`);
  });
  const roleType = textOf(document, 'role_type') ?? DEFAULT_ROLE_TYPE;
  checkGiven(own, rightsOfKey({ roleType, memberships }, tree));
}

function membershipsIn(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

function roleIdsOf(memberships: JsonObject[]): string[] {
  return memberships.flatMap(({ role_ids }) => textsIn(role_ids));
}

function textsIn(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((text) => typeof text === 'string') : [];
}
