import { Injectable } from '@nestjs/common';
import { type JsonObject } from '#billing/resources/merge-patch';
import { Database } from '#database/database';
import { DomainError } from '#kernel/errors';
import { BUILT_IN_ROLES, type RoleDefinition } from '../access/built-in-roles.js';
import { changeRole, createRole, definitionOf, deleteRole, readRoleTree } from '../access/role.js';
import { type RoleTree } from '../access/role-tree.js';
import { type Caller } from '../http/caller.js';
import { validate } from '../http/validation.js';
import {
  type RoleCreateRequest,
  roleCreateRequest,
  type RoleListQuery,
  type RoleOnWire,
  type RoleUpdateRequest,
  toWire,
} from './role.wire.js';

@Injectable()
export class RolesService {
  constructor(private readonly database: Database) {}

  /** All that the query asks for, in its order; the page is cut by the caller. */
  async list(platformId: string, query: RoleListQuery): Promise<RoleOnWire[]> {
    const tree = await readRoleTree(this.database.client, platformId);
    const found = tree
      .all()
      .filter(({ name }) => query.name === undefined || name === query.name)
      .filter(({ childRoleIds }) => !query.only_childless_roles || childRoleIds.length === 0);
    return sorted(found, query).map((role) => this.onWire(role, tree, platformId, query.include_child_roles ? 2 : 0));
  }

  /** @throws DomainError RESOURCE_NOT_FOUND */
  async get(platformId: string, id: string): Promise<RoleOnWire> {
    const tree = await readRoleTree(this.database.client, platformId);
    const role = tree.get(id);
    if (!role) throw DomainError.notFound('ROLE', id);
    return this.onWire(role, tree, platformId, 2);
  }

  async create({ platformId, rights }: Caller, body: RoleCreateRequest): Promise<RoleOnWire> {
    const row = await this.database.transaction((tx) => createRole(tx, platformId, documentOf(body), rights));
    return this.get(platformId, row.id);
  }

  async patch({ platformId, rights }: Caller, id: string, patch: RoleUpdateRequest): Promise<RoleOnWire> {
    await this.database.transaction((tx) =>
      changeRole(tx, { platformId, id }, documentOf(patch), { check: checkRole, own: rights }),
    );
    return this.get(platformId, id);
  }

  async delete(platformId: string, id: string): Promise<RoleOnWire> {
    const row = await this.database.transaction((tx) => deleteRole(tx, platformId, id));
    const tree = await readRoleTree(this.database.client, platformId);
    return this.onWire(definitionOf(row), tree, platformId, 0);
  }

  private onWire(role: RoleDefinition, tree: RoleTree, platformId: string, inLine: number): RoleOnWire {
    const platformOf = (id: string) => (BUILT_IN_ROLES.has(id) ? undefined : platformId);
    return toWire(role, { tree, platformOf, inLine });
  }
}

/** Ids say when a role was made; shipped ones are older than all others, and among themselves by name. */
function sorted(roles: RoleDefinition[], query: RoleListQuery): RoleDefinition[] {
  const age = ({ id, name }: RoleDefinition) => (BUILT_IN_ROLES.has(id) ? `0 ${name}` : `1 ${id}`);
  const key = query.order_by === 'name' ? ({ name }: RoleDefinition) => name : age;
  const ascending = roles.sort((a, b) => (key(a) < key(b) ? -1 : 1));
  return query.order_direction === 'asc' ? ascending : ascending.reverse();
}

function documentOf({ entity_id: _entity, child_roles: _children, ...body }: RoleUpdateRequest): JsonObject {
  return body;
}

function checkRole(document: JsonObject): JsonObject {
  return validate(roleCreateRequest, document);
}
