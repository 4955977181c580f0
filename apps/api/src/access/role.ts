import { type JsonObject, mergePatch, textOf } from '#billing/resources/merge-patch';
import { changeResource, type Check, createResource } from '#billing/resources/record-resource';
import {
  deleteResource,
  lockResource,
  type ResourceTable,
  type RowOf,
  type Statements,
} from '#billing/resources/resource-table';
import { type Transaction } from '#database/database';
import { DomainError } from '#kernel/errors';
import { BUILT_IN_ROLES, type RoleDefinition } from './built-in-roles.js';
import { missingFor, type Rights } from './rights.js';
import { MAX_DEPTH, RoleTree } from './role-tree.js';

/** They are read whole, with every request of a key that has roles. */
const MAX_ROLES = 1_000;

export const roleTable = {
  table: 'role',
  resourceType: 'ROLE',
  idKind: 'role',
  columns: { name: 'name' },
  columnsOf: (document: JsonObject) => ({ name: textOf(document, 'name') }),
} as const satisfies ResourceTable;

export type RoleRow = RowOf<typeof roleTable>;

/** As one statement can fetch a platform's own roles beside something else: `roles` of `roleTreeOf`. */
export interface StoredRole {
  id: string;
  document: JsonObject;
}

export function roleTreeOf(roles: readonly StoredRole[]): RoleTree {
  return new RoleTree(new Map(roles.map((role) => [role.id, definitionOf(role)])));
}

export function definitionOf({ id, document }: StoredRole): RoleDefinition {
  return {
    id,
    name: textOf(document, 'name') ?? '',
    description: textOf(document, 'description') ?? undefined,
    childRoleIds: Array.isArray(document.child_role_ids) ? (document.child_role_ids as string[]) : [],
  };
}

/** All roles of a platform: they are few. */
export async function readRoleTree(db: Statements, platformId: string): Promise<RoleTree> {
  return roleTreeOf(
    await db.$queryRaw<StoredRole[]>`
      SELECT id, document FROM role WHERE platform_id = ${platformId} AND deleted_at IS NULL`,
  );
}

/**
 * Waits until nobody else changes who may do what on this platform, and keeps others waiting until the transaction ends:
 * roles that are judged together must not change one by one, and none may vanish while it is being given to somebody.
 */
export async function lockAccess(tx: Transaction, platformId: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`access ${platformId}`}, 0))`;
}

/** @throws DomainError for a taken name, children that do not exist or nest too deep, and rights that `own` lacks. */
export async function createRole(tx: Transaction, platformId: string, body: JsonObject, own: Rights): Promise<RoleRow> {
  await lockAccess(tx, platformId);
  const tree = await readRoleTree(tx, platformId);
  if (tree.size >= MAX_ROLES) {
    throw DomainError.invalidOperation(`A platform has at most ${MAX_ROLES} roles of its own; delete one first.`);
  }
  judge(tree, definitionOf({ id: '', document: body }), own);
  return createResource(tx, roleTable, platformId, body);
}

/** Merges a patch. @throws DomainError as `createRole`, and when the role is not there or a shipped one. */
export async function changeRole(
  tx: Transaction,
  { platformId, id }: { platformId: string; id: string },
  patch: JsonObject,
  { check, own }: { check: Check; own: Rights },
): Promise<RoleRow> {
  await lockAccess(tx, platformId);
  const before = await lockOwnRole(tx, platformId, id);
  const document = check(mergePatch(before.document, patch), before.document);
  judge(await readRoleTree(tx, platformId), definitionOf({ id, document }), own);
  const { row } = await changeResource(tx, roleTable, before, document);
  return row;
}

/** @returns the role as it was. @throws DomainError when it is not there, a shipped one, or somebody has it. */
export async function deleteRole(tx: Transaction, platformId: string, id: string): Promise<RoleRow> {
  await lockAccess(tx, platformId);
  const row = await lockOwnRole(tx, platformId, id);
  const [parent] = (await readRoleTree(tx, platformId)).parentsOf(id);
  if (parent) throw inUse(id, `the role ${parent.name}`);
  const [holder] = await tx.$queryRaw<{ what: string }[]>`
    SELECT 'the API key ' || id AS what FROM api_key
     WHERE platform_id = ${platformId} AND deleted_at IS NULL
       AND document->'account_memberships' @> ${JSON.stringify([{ role_ids: [id] }])}::text::jsonb
    UNION ALL
    SELECT 'the user ' || username FROM app_user WHERE platform_id = ${platformId} AND ${id} = ANY(role_ids)
    LIMIT 1`;
  if (holder) throw inUse(id, holder.what);
  await deleteResource(tx, roleTable, row);
  return row;
}

async function lockOwnRole(tx: Transaction, platformId: string, id: string): Promise<RoleRow> {
  const details = { resourceType: 'ROLE', resourceId: id };
  if (BUILT_IN_ROLES.has(id)) {
    throw DomainError.invalidOperation('This role is shipped and stays as it is; make one of your own.', details);
  }
  const row = await lockResource(tx, roleTable, platformId, { id });
  if (!row) throw DomainError.notFound('ROLE', id);
  return row;
}

function judge(tree: RoleTree, role: RoleDefinition, own: Rights): void {
  const namesake = tree.byName(role.name);
  if (namesake && namesake.id !== role.id) throw DomainError.referenceTaken('ROLE', role.name, 'name');
  checkRoleIds(tree, role.childRoleIds, 'child_role_ids');
  const after = tree.with(role);
  const [tooDeep] = after.tooDeep();
  if (tooDeep) {
    const message = `The role ${tooDeep.name} would have more than ${MAX_DEPTH} levels of roles below it, or itself.`;
    throw DomainError.invalidField('child_role_ids', message);
  }
  checkGiven(own, after.rightsOf([role.id]));
}

/** @throws DomainError RESOURCE_NOT_FOUND for the first id that is no role of the platform. */
export function checkRoleIds(tree: RoleTree, ids: readonly string[], field: string): void {
  const unknown = ids.findIndex((id) => !tree.get(id));
  if (unknown >= 0) throw DomainError.unknownReference('ROLE', ids[unknown] ?? '', `${field}.${unknown}`);
}

/** @throws DomainError USER_NOT_ALLOWED when somebody gives a permission that they lack themselves. */
export function checkGiven(own: Rights, given: Rights): void {
  const missing = missingFor(own, given);
  if (missing === null) return;
  throw new DomainError('USER_NOT_ALLOWED', `Nobody can give what they lack themselves: the permission ${missing}.`);
}

function inUse(id: string, holder: string): DomainError {
  return DomainError.invalidOperation(`This role is in use: ${holder} has it. Take it away there first.`, {
    resourceType: 'ROLE',
    resourceId: id,
  });
}
