import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type OpenAPIObject } from '@nestjs/swagger';
import { type FastifyInstance } from 'fastify';

/** What the page needs of swagger-ui-dist, and nothing else of that folder. */
const FILES: Record<string, string> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
  'favicon-32x32.png': 'image/png',
};

const PAGE = `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>Billing Workflows API</title>
  <link rel="icon" href="/docs/favicon-32x32.png">
  <link rel="stylesheet" href="/docs/swagger-ui.css">
</head>
<body>
  <div id="swagger-ui"></div>
  <script src="/docs/swagger-ui-bundle.js"></script>
  <script src="/docs/start.js"></script>
</body>
</html>
`;

const START = `SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#swagger-ui',
  persistAuthorization: true,
  tagsSorter: 'alpha',
  tryItOutEnabled: true,
});
`;

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/**
 * `/docs` (Swagger UI) and `/openapi.json`; `/` leads to the former. The files are served here, because
 * `SwaggerModule.setup` brings @fastify/static, whose dependencies do not load in every runtime that we support.
 * @param describe is called at the first look at the document: making it takes longer than starting.
 */
export function serveDocs(server: FastifyInstance, describe: () => OpenAPIObject): void {
  let document: OpenAPIObject | undefined;
  const folder = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
  server.get('/', (_request, reply) => reply.redirect('/docs', 302));
  server.get('/openapi.json', (_request, reply) => reply.send((document ??= describe())));
  server.get('/docs', (_request, reply) =>
    reply.header('content-security-policy', POLICY).type('text/html; charset=utf-8').send(PAGE),
  );
  server.get('/docs/start.js', (_request, reply) => reply.type('text/javascript; charset=utf-8').send(START));
  for (const [name, type] of Object.entries(FILES)) {
    server.get(`/docs/${name}`, async (_request, reply) => {
      reply.type(type).header('cache-control', 'public, max-age=86400');
      return readFile(join(folder, name));
    });
  }
}
