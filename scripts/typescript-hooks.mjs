import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { transform } from '@swc/core';

const swcrcPath = fileURLToPath(new URL('../.swcrc', import.meta.url));

/** Our relative imports name the `.js` that the build makes; in the sources it is a `.ts`. */
export async function resolve(specifier, context, next) {
  const fromSource = context.parentURL?.endsWith('.ts') && specifier.startsWith('.') && specifier.endsWith('.js');
  return next(fromSource ? specifier.replace(/\.js$/, '.ts') : specifier, context);
}

export async function load(url, context, next) {
  if (!url.endsWith('.ts')) return next(url, context);
  const filename = fileURLToPath(url);
  const { code } = await transform(await readFile(filename, 'utf8'), {
    filename,
    configFile: swcrcPath,
    sourceMaps: 'inline',
  });
  return { format: 'module', source: code, shortCircuit: true };
}
