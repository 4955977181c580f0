import { randomAlphanumerics } from '#kernel/ids';
import { type Database } from '#database/database';

/**
 * What payment links are derived from: ENCRYPTION_KEY, or where none is set, a secret that this installation made for itself
 * and keeps in its database, so that api and workers derive the same links.
 */
export async function linkSecret(database: Database, encryptionKey: string | undefined): Promise<string> {
  if (encryptionKey !== undefined) return encryptionKey;
  const [row] = await database.client.$queryRaw<{ secret: string }[]>`
    INSERT INTO installation AS i (id, link_secret) VALUES (1, ${randomAlphanumerics(48)})
    ON CONFLICT (id) DO UPDATE SET link_secret = i.link_secret RETURNING i.link_secret AS secret`;
  if (!row) throw new Error('The installation has no link secret.');
  return row.secret;
}
