import { isLooking, PERMISSIONS } from './permission-names.js';

/** What a caller may do: everything, everything that only looks, or what is named. */
export type Rights = 'ALL' | 'LOOKING' | ReadonlySet<string>;

export const NO_RIGHTS: Rights = new Set();

/** Rights by the `role_type` of a key (e.54). A type that we do not know gives none. */
export function rightsOfRoleType(roleType: string): Rights {
  if (roleType === 'ADMINISTRATOR') return 'ALL';
  return roleType === 'READ_ONLY' ? 'LOOKING' : NO_RIGHTS;
}

export function has(rights: Rights, permission: string): boolean {
  if (rights === 'ALL') return true;
  return rights === 'LOOKING' ? isLooking(permission) : rights.has(permission);
}

/** Whether any one of the permissions is held. */
export function isAllowed(rights: Rights, permissions: readonly string[]): boolean {
  return permissions.some((permission) => has(rights, permission));
}

/** The first permission of `granted` that `own` lacks; null when there is none: nobody gives what they do not have. */
export function missingFor(own: Rights, granted: Rights): string | null {
  return PERMISSIONS.find((permission) => has(granted, permission) && !has(own, permission)) ?? null;
}
