import { writeFileSync } from 'node:fs';
import { apiConfig } from './api.config.js';
import { assembleApi } from './create-api.js';
import { openApiDocument } from './http/openapi-document.js';

const [file] = process.argv.slice(2);
if (!file) {
  process.stderr.write('Usage: npm run -s openapi -- FILE\n');
  process.exit(2);
}
// Describing the API touches no database: the address is never used, and with a key at hand none is looked up there.
const config = apiConfig.parse({
  DATABASE_URL: 'postgres://localhost/unused',
  ENCRYPTION_KEY: 'nothing is encrypted while the API is described',
  LOG_LEVEL: 'error',
});
const { app } = await assembleApi(config);
writeFileSync(file, `${JSON.stringify(openApiDocument(app), null, 2)}\n`);
await app.close();
