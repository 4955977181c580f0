import { type OpenAPIObject } from '@nestjs/swagger';
import { apiConfig } from '../api.config.js';
import { assembleApi } from '../create-api.js';
import { openApiDocument } from '../http/openapi-document.js';

/** The OpenAPI document, without a database and without a server that listens. */
export async function describeApi(): Promise<OpenAPIObject> {
  // Describing touches no database: the address is never used, and with a key at hand none is looked up there.
  const config = apiConfig.parse({
    DATABASE_URL: 'postgres://localhost/unused',
    ENCRYPTION_KEY: 'nothing is encrypted while the API is described',
    LOG_LEVEL: 'error',
  });
  const { app } = await assembleApi(config);
  const document = openApiDocument(app);
  await app.close();
  return document;
}
