import { createHash } from 'node:crypto';
import { ID_PREFIX } from '#kernel/ids';
import { isLooking, PERMISSIONS, type PermissionResource, PERMISSIONS_OF, permissionsOf } from './permission-names.js';

/** A role, shipped or a platform's own. A role without children that is named like a permission is that permission. */
export interface RoleDefinition {
  id: string;
  name: string;
  description: string | undefined;
  childRoleIds: readonly string[];
}

/** Resources whose roles are one: nobody works with a trigger and not with its workflow. */
const TOGETHER: Record<string, PermissionResource[]> = {
  Workflow: ['WORKFLOW', 'WORKFLOW_ACTION', 'WORKFLOW_TRIGGER'],
  User: ['USER', 'ROLE'],
};

const permissions = PERMISSIONS.map((name) => shipped(name, `Allows what requires the ${name} permission.`, []));

const composites = groups().flatMap(([title, resources]) => {
  const all = resources.flatMap(permissionsOf);
  const contributing = all.filter((name) => isLooking(name) || /\.(CREATE|UPDATE)$/.test(name));
  return [
    composite(`${title} Viewer`, 'Looks.', all.filter(isLooking)),
    composite(`${title} Contributor`, 'Looks, creates and changes.', contributing),
    composite(`${title} Administrator`, 'Does everything there is to do.', all),
  ].filter(({ childRoleIds }) => childRoleIds.length > 0);
});

const administrator = composite('Administrator', 'Does everything on the platform.', [...PERMISSIONS]);

/** Every shipped role by its id: one for each permission, and the composites of e.53. */
export const BUILT_IN_ROLES: ReadonlyMap<string, RoleDefinition> = new Map(
  [administrator, ...composites, ...permissions].map((role) => [role.id, role]),
);

/** The same at every installation and in every version: it follows from the name. */
export function builtInRoleId(name: string): string {
  const letters = createHash('sha256')
    .update(`built-in role ${name}`)
    .digest('base64')
    .replace(/[^A-Za-z0-9]/g, '');
  return `${ID_PREFIX.role}_${letters.slice(0, 20)}`;
}

function shipped(name: string, description: string, childRoleIds: string[]): RoleDefinition {
  return { id: builtInRoleId(name), name, description, childRoleIds };
}

function composite(name: string, description: string, children: string[]): RoleDefinition {
  return shipped(name, description, children.map(builtInRoleId));
}

function groups(): [string, PermissionResource[]][] {
  const grouped = new Set(Object.values(TOGETHER).flat());
  const single = (Object.keys(PERMISSIONS_OF) as PermissionResource[]).filter((name) => !grouped.has(name));
  return [
    ...Object.entries(TOGETHER),
    ...single.map((name): [string, PermissionResource[]] => [titleOf(name), [name]]),
  ];
}

/** `BILLING_ENTITY` → `Billing Entity`. */
function titleOf(resource: string): string {
  return resource
    .split('_')
    .map((word) => word.charAt(0) + word.slice(1).toLowerCase())
    .join(' ');
}
