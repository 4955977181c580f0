import { type Database } from '#database/database';
import { sql } from '#database/statement';
import { newId, randomAlphanumerics } from '#kernel/ids';
import { hashPassword } from './password.js';
import { lockAccess, readRoleTree } from './role.js';

export interface User {
  platformId: string;
  id: string;
  username: string;
  passwordHash: string;
  roleIds: string[];
  status: string;
}

/** As it is stored and compared. */
export function normalUsername(username: string): string {
  return username.trim().normalize('NFKC').toLowerCase();
}

/** @returns a password that the contract's rule allows: at least 8 characters, a digit and a capital among them. */
export function newPassword(): string {
  return `${randomAlphanumerics(24)}A1`;
}

/**
 * Makes a person on a platform, with the roles of these names.
 * @throws when the platform or a role does not exist, or the platform has somebody of this name.
 */
export async function createUser(
  database: Database,
  user: { platform: string; username: string; roles: string[]; password: string },
): Promise<{ platformId: string; id: string; username: string }> {
  const passwordHash = await hashPassword(user.password);
  const username = normalUsername(user.username);
  return database.transaction(async (tx) => {
    const platform = await tx.platform.findFirst({ where: { OR: [{ name: user.platform }, { id: user.platform }] } });
    if (!platform) throw new Error(`There is no platform ${user.platform}; make it by platform:create.`);
    await lockAccess(tx, platform.id);
    const tree = await readRoleTree(tx, platform.id);
    const roleIds = user.roles.map((name) => {
      const role = tree.byName(name) ?? tree.get(name);
      if (!role) throw new Error(`There is no role ${name}; GET /v1/roles lists what there is.`);
      return role.id;
    });
    const row = { platformId: platform.id, id: newId('user'), username };
    const { count } = await tx.appUser.createMany({ data: { ...row, passwordHash, roleIds }, skipDuplicates: true });
    if (count === 0) throw new Error(`The platform ${platform.name} has a user ${username} already.`);
    return row;
  });
}

/** Everybody of this name who may log in: one for each platform that they work for. */
export async function usersNamed(database: Database, username: string): Promise<User[]> {
  return database.query(sql<User>`
    SELECT platform_id AS "platformId", id, username, password_hash AS "passwordHash", role_ids AS "roleIds", status
      FROM app_user WHERE username = ${normalUsername(username)} AND status = 'ACTIVE' ORDER BY platform_id`);
}
