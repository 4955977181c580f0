import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const fontFamily = z.object({
  /** npm package with its version; `scripts/refresh-fonts.mjs` takes the files from it. */
  package: z.string(),
  /** TrueType files (`glyf` outlines, static) in `libs/documents/fonts`. */
  regular: z.string(),
  /** Without it bold text in these scripts is regular. */
  bold: z.string().optional(),
  /** The repertoire it was cut down to; `scripts/refresh-fonts.mjs` knows what the name means. */
  only: z.string().optional(),
  /** Of fonts for one script, these languages' documents ask this one first. */
  languages: z.array(z.string()).optional(),
  /** Unicode scripts (short or long names) that it is asked for; empty: the core font, asked first for everything. */
  scripts: z.array(z.string()),
});
export type FontFamily = z.infer<typeof fontFamily>;

/** Where the fonts lie: the same folder for sources and for built code. */
export const FONT_FOLDER = join(projectRoot(dirname(fileURLToPath(import.meta.url))), 'libs/documents/fonts');

/** The families of `fonts.json`, in the order in which they are asked for a character. */
export function fontList(): FontFamily[] {
  return z.array(fontFamily).parse(JSON.parse(readFileSync(join(FONT_FOLDER, 'fonts.json'), 'utf8')));
}

function projectRoot(folder: string): string {
  if (existsSync(join(folder, 'libs/documents/fonts'))) return folder;
  const above = dirname(folder);
  if (above === folder) {
    throw new Error('The folder libs/documents/fonts was not found above the code; deploy it beside dist/.');
  }
  return projectRoot(above);
}
