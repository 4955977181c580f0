import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '#database/migration-files';

/** Written by the build: HTML of the shipped templates by the hash of their MJML. */
export const PRECOMPILED = join(projectRoot(), 'dist', 'libs', 'templates', 'precompiled.json');

let known: Record<string, string> | undefined;

/**
 * The HTML that the build made of exactly this MJML; null when it made none, as for templates changed since. It saves each
 * process a second of start and 50 MB, which is what loading MJML costs.
 */
export function precompiledHtml(mjml: string): string | null {
  known ??= existsSync(PRECOMPILED) ? (JSON.parse(readFileSync(PRECOMPILED, 'utf8')) as Record<string, string>) : {};
  return known[hashOf(mjml)] ?? null;
}

export function hashOf(mjml: string): string {
  return createHash('sha256').update(mjml).digest('hex');
}
