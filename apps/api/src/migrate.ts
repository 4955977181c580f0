import { migrate } from '#database/migrate';
import { loadConfig } from '#kernel/config';
import { apiConfig } from './api.config.js';

try {
  const { DATABASE_URL } = loadConfig(apiConfig.pick({ DATABASE_URL: true }), process.env);
  const applied = await migrate(DATABASE_URL);
  const done = applied.length > 0 ? `Applied ${applied.join(', ')}.` : 'The database is up to date.';
  process.stdout.write(`${done}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
