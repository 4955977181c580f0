/**
 * Lets Node run our TypeScript sources as they are, for development: `node --conditions=test --import ./scripts/typescript.mjs`.
 * The condition makes the aliases of package.json point at the sources. Starts in a tenth of a second, because it
 * brings swc only and no type checker.
 */
import { register } from 'node:module';

register('./typescript-hooks.mjs', import.meta.url);
