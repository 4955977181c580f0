import { loadConfig } from '#kernel/config';
import { apiConfig } from './api.config.js';
import { createApi } from './create-api.js';

try {
  const config = loadConfig(apiConfig, process.env);
  const app = await createApi(config);
  app.enableShutdownHooks();
  // Fastify's own listen: Nest's would log a taken port as an error with a stack before we can say it in a sentence.
  await app.getHttpAdapter().getInstance().listen({ port: config.PORT, host: config.HOST });
} catch (error) {
  process.stderr.write(`${reason(error)}\n`);
  process.exit(1);
}

function reason(error: unknown): string {
  const { code, port } = error as { code?: string; port?: number };
  if (code === 'EADDRINUSE') return `Port ${port ?? ''} is taken by another program: stop that one or set PORT.`;
  if (code === 'EACCES') return `Port ${port ?? ''} may not be opened by this user: set PORT to one above 1023.`;
  return error instanceof Error ? error.message : String(error);
}
