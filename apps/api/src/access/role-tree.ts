import { BUILT_IN_ROLES, type RoleDefinition } from './built-in-roles.js';
import { PERMISSIONS } from './permission-names.js';
import { type Rights } from './rights.js';

/** A platform's own role may have children and grandchildren, and no deeper (e.53). */
export const MAX_DEPTH = 2;

const KNOWN = new Set(PERMISSIONS);

/** All roles that a platform has: the shipped ones and its own. */
export class RoleTree {
  /** @param own roles of one platform. */
  constructor(private readonly own: ReadonlyMap<string, RoleDefinition>) {}

  /** How many of them are the platform's own. */
  get size(): number {
    return this.own.size;
  }

  get(id: string): RoleDefinition | undefined {
    return BUILT_IN_ROLES.get(id) ?? this.own.get(id);
  }

  all(): RoleDefinition[] {
    return [...this.own.values(), ...BUILT_IN_ROLES.values()];
  }

  byName(name: string): RoleDefinition | undefined {
    return this.all().find((role) => role.name === name);
  }

  /** What all of these roles allow together. Roles that are gone allow nothing. */
  rightsOf(roleIds: readonly string[]): Rights {
    const rights = new Set<string>();
    const seen = new Set<string>();
    const open = [...roleIds];
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      const role = seen.has(id) ? undefined : this.get(id);
      seen.add(id);
      // Only a shipped role is a permission: a platform may give a role of its own any name.
      if (BUILT_IN_ROLES.has(id) && role && KNOWN.has(role.name)) rights.add(role.name);
      open.push(...(role?.childRoleIds ?? []));
    }
    return rights;
  }

  /** Levels below the role: 0 for a permission. Infinite for a circle. */
  depthOf(id: string, above: readonly string[] = []): number {
    if (above.includes(id)) return Number.POSITIVE_INFINITY;
    const children = this.get(id)?.childRoleIds ?? [];
    const below = children.map((child) => this.depthOf(child, [...above, id]) + 1);
    return Math.max(0, ...below);
  }

  /** The same with this role in place of the one that has its id. */
  with(role: RoleDefinition): RoleTree {
    return new RoleTree(new Map(this.own).set(role.id, role));
  }

  /** The platform's own roles that have this one among their children. */
  parentsOf(id: string): RoleDefinition[] {
    return [...this.own.values()].filter(({ childRoleIds }) => childRoleIds.includes(id));
  }

  /** The platform's own roles whose tree is deeper than MAX_DEPTH, or a circle. */
  tooDeep(): RoleDefinition[] {
    return [...this.own.values()].filter(({ id }) => this.depthOf(id) > MAX_DEPTH);
  }
}
