import { type FastifyInstance } from 'fastify';

/** The routes of a server as they were registered, so that a wrong method can be told from a wrong path. */
export class Routes {
  private readonly methods = new Map<string, Set<string>>();
  private readonly unguarded: string[] = [];

  /** Must be told of the server before any route is registered. */
  constructor(server: FastifyInstance) {
    server.addHook('onRoute', ({ url, method, config }) => {
      const known = this.methods.get(url) ?? new Set();
      for (const name of [method].flat()) known.add(name);
      this.methods.set(url, known);
      if (url.startsWith('/v1/') && !config?.permissions?.length && !config?.open)
        this.unguarded.push(`${[method].flat().join()} ${url}`);
    });
  }

  /** Methods that a path answers to, sorted; empty when no route has this path. */
  allowedMethods(path: string): string[] {
    const segments = path.split('/');
    const matching = [...this.methods].filter(([pattern]) => matches(pattern.split('/'), segments));
    return [...new Set(matching.flatMap(([, methods]) => [...methods]))].sort();
  }

  /** @throws when an operation below /v1 does not state who may call it: it would be open to nobody, or to everybody. */
  checkPermissions(): void {
    if (this.unguarded.length === 0) return;
    throw new Error(
      `These operations lack @RequiresPermission(…) or @OpenToEverybody(): ${this.unguarded.join(', ')}.`,
    );
  }
}

function matches(pattern: string[], segments: string[]): boolean {
  return (
    pattern.length === segments.length &&
    pattern.every((part, i) => part === segments[i] || (part.startsWith(':') && segments[i] !== ''))
  );
}
