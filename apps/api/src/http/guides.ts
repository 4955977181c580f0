import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type FastifyInstance } from 'fastify';
import { projectRoot } from '#database/migration-files';

/** The pages of `docs/` that tell how to use the API; those on how it is built stay in the repository. */
const GUIDES = ['tour.md', 'integrating.md', 'webhooks.md', 'operations.md'];

/**
 * `/llms.txt`, the API on one page for programs that write its clients (llmstxt.org), and the guides that it leads to at
 * `/docs/<name>.md`. Public, as `/openapi.json` is.
 * @throws when `docs/` does not stand beside package.json.
 */
export function serveGuides(server: FastifyInstance): void {
  const text = (name: string) => readFileSync(join(projectRoot(), 'docs', name), 'utf8');
  const serve = (path: string, type: string, content: string) =>
    server.get(path, (_request, reply) => reply.type(`${type}; charset=utf-8`).send(content));
  serve('/llms.txt', 'text/plain', text('llms.txt'));
  for (const name of GUIDES) serve(`/docs/${name}`, 'text/markdown', text(name));
}
