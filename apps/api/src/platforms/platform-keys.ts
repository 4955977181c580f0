import { type Database } from '#database/database';
import { newId } from '#kernel/ids';
import { hashOfKey } from '../access/api-key.js';

/**
 * Makes a platform of this name with `key` as its administrator key.
 * @returns the platform's id.
 * @throws when the name is taken.
 */
export async function createPlatform(database: Database, name: string, key: string): Promise<string> {
  return database.transaction(async (tx) => {
    const id = newId('platform');
    const { count } = await tx.platform.createMany({ data: { id, name }, skipDuplicates: true });
    if (count === 0) throw new Error(`There is a platform named ${name} already; choose another name.`);
    await tx.apiKey.create({ data: administratorKey(id, key) });
    return id;
  });
}

/**
 * Sees to it that the platform exists and that `key` is an administrator key of it. Any number of processes may do so at
 * once.
 * @throws when the key belongs to another platform.
 */
export async function ensurePlatform(database: Database, name: string, key: string): Promise<void> {
  await database.transaction(async (tx) => {
    await tx.platform.createMany({ data: { id: newId('platform'), name }, skipDuplicates: true });
    const platform = await tx.platform.findUniqueOrThrow({ where: { name } });
    const data = administratorKey(platform.id, key);
    await tx.apiKey.createMany({ data, skipDuplicates: true });
    const stored = await tx.apiKey.findUniqueOrThrow({ where: { hash: data.hash } });
    if (stored.platformId !== platform.id) {
      throw new Error(`The bootstrap key of the platform ${name} belongs to another platform; give each its own.`);
    }
  });
}

function administratorKey(platformId: string, key: string) {
  return {
    platformId,
    id: newId('apiKey'),
    hash: hashOfKey(key),
    description: 'Administrator',
    roleType: 'ADMINISTRATOR',
  };
}
