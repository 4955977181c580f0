import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { randomAlphanumerics } from '#kernel/ids';

const settings = z.object({ apiKey: z.string(), encryptionKey: z.string() });

/** The keys of this laptop's stack: made at the first start, found again at the next. Readable by their owner only. */
export async function localSettings(dataDir: string): Promise<z.output<typeof settings>> {
  const file = join(dataDir, 'settings.json');
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if ((error as { code?: string }).code === 'ENOENT') return null;
    throw error;
  });
  if (text !== null) return settings.parse(JSON.parse(text));
  const made = { apiKey: `sk_${randomAlphanumerics(40)}`, encryptionKey: randomAlphanumerics(48) };
  await mkdir(dataDir, { recursive: true });
  await writeFile(file, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600 });
  return made;
}
