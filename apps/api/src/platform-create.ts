import { parseArgs } from 'node:util';
import { Database } from '#database/database';
import { loadConfig } from '#kernel/config';
import { newApiKey } from './access/api-key.js';
import { apiConfig } from './api.config.js';
import { createPlatform } from './platforms/platform-keys.js';

try {
  const { values } = parseArgs({ options: { name: { type: 'string' } } });
  if (!values.name) throw new Error('Usage: npm run -s platform:create -- --name "Acme"');
  const { DATABASE_URL } = loadConfig(apiConfig.pick({ DATABASE_URL: true }), process.env);
  const database = new Database({ url: DATABASE_URL, connections: 2, name: 'billing-workflows platform:create' });
  try {
    const key = newApiKey();
    const platformId = await createPlatform(database, values.name, key);
    process.stdout.write(`${JSON.stringify({ platform_id: platformId, api_key: key })}\n`);
  } finally {
    await database.close();
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
