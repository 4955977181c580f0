import { parseArgs } from 'node:util';
import { Database } from '#database/database';
import { loadConfig } from '#kernel/config';
import { createUser, newPassword } from './access/user.js';
import { apiConfig } from './api.config.js';

const USAGE =
  'Usage: npm run -s user:create -- --platform "Acme" --username ada@acme.example --role "Workflow Viewer" (--role may be repeated)';

try {
  const { values } = parseArgs({
    options: {
      platform: { type: 'string' },
      username: { type: 'string' },
      role: { type: 'string', multiple: true },
    },
  });
  const { platform, username, role: roles } = values;
  if (!platform || !username || !roles?.length) throw new Error(USAGE);
  const { DATABASE_URL } = loadConfig(apiConfig.pick({ DATABASE_URL: true }), process.env);
  const database = new Database({ url: DATABASE_URL, connections: 2, name: 'billing-workflows user:create' });
  try {
    const password = newPassword();
    const user = await createUser(database, { platform, username, roles, password });
    const printed = { platform_id: user.platformId, user_id: user.id, username: user.username, password };
    process.stdout.write(`${JSON.stringify(printed)}\n`);
  } finally {
    await database.close();
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
