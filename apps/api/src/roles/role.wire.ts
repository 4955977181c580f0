import { z } from 'zod';
import { type RoleDefinition } from '../access/built-in-roles.js';
import { type RoleTree } from '../access/role-tree.js';
import { pageOf } from '../http/pages.js';
import { id, kept, line } from '../wire/fields.js';

export const roleCreateRequest = z
  .object({
    name: line.min(1),
    description: line.nullish(),
    child_role_ids: z.array(id).max(500).optional(),
    entity_id: z.string().max(256).nullish().describe('Read-only: ignored.'),
    child_roles: z.array(kept).nullish().describe('Read-only: ignored.'),
  })
  .meta({ id: 'RoleCreateRequest' });
export const roleUpdateRequest = roleCreateRequest.partial().meta({ id: 'RoleUpdateRequest' });

export type RoleCreateRequest = z.output<typeof roleCreateRequest>;
export type RoleUpdateRequest = z.output<typeof roleUpdateRequest>;

const flag = z.enum(['true', 'false']).transform((text) => text === 'true');

export const roleListQuery = z.object({
  page: z.coerce.number().int().min(1).max(1_000_000).default(1).describe('The page, from 1.'),
  limit: z.coerce.number().int().min(1).default(50).describe('Rows per page; more than 200 count as 200.'),
  order_by: z.enum(['name', 'created_at']).optional().describe('Default: created_at. Shipped roles are the oldest.'),
  order_direction: z.enum(['asc', 'desc']).default('desc'),
  name: z.string().max(256).optional(),
  include_child_roles: flag.optional().describe('Children and their children stand in line.'),
  only_childless_roles: flag.optional().describe('Only roles without children.'),
});

export type RoleListQuery = z.output<typeof roleListQuery>;

export const roleResponse = z
  .object({
    object_type: z.string(),
    id: z.string(),
    ...roleCreateRequest.shape,
    entity_id: z.string().nullish().describe('The platform that made the role; none for a shipped one.'),
    child_roles: z.array(kept).nullish().describe('With their own children in line, no deeper.'),
  })
  .meta({ id: 'Role' });
export const rolePage = pageOf(roleResponse, 'RolePaginatedResponseWrapper');

export interface RoleOnWire {
  object_type: 'ROLE';
  id: string;
  name: string;
  description: string | undefined;
  entity_id: string | undefined;
  child_role_ids: readonly string[];
  child_roles: RoleOnWire[] | undefined;
}

/**
 * @param platformId of the platform that made the role; undefined for a shipped one.
 * @param inLine how many levels of children stand in line.
 */
export function toWire(
  { id, name, description, childRoleIds }: RoleDefinition,
  { tree, platformOf, inLine }: { tree: RoleTree; platformOf: (id: string) => string | undefined; inLine: number },
): RoleOnWire {
  const children = childRoleIds.flatMap((child) => tree.get(child) ?? []);
  return {
    object_type: 'ROLE',
    id,
    name,
    description,
    entity_id: platformOf(id),
    child_role_ids: childRoleIds,
    child_roles:
      inLine > 0 ? children.map((child) => toWire(child, { tree, platformOf, inLine: inLine - 1 })) : undefined,
  };
}
