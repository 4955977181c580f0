import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** The language of a template that is asked for in none, or in one that it does not exist in. */
export const BASE_LANGUAGE = 'en';

/** A mail in one language: its parts by name, as they stand in its files, `{{> other parts}}` left in. */
export interface MailTemplate {
  /** BCP 47, the name of its folder: `nl`, `pt-BR`. */
  language: string;
  /**
   * `subject`, `preheader`, `body` (rows of an MJML column) and `text` are what a mail is made of; the others are what
   * these name. Undefined when there is none of that name.
   */
  part(name: string, medium: 'html' | 'text'): string | undefined;
}

/** Files of one folder by file name, and the entries of its `words.json` by their key. */
type Folder = ReadonlyMap<string, string>;

const words = z.record(z.string(), z.union([z.string(), z.array(z.string()).transform((lines) => lines.join(' '))]));

/**
 * The templates that come with the product, read once from `libs/templates`: `templates/<name>` holds a mail's structure
 * and its sample, `templates/<name>/<language>` its words, `layout` and `layout/<language>` what all mails share. A part is
 * looked for in this order, so that a language may replace any part of the structure.
 */
export class ShippedTemplates {
  readonly names: readonly string[];
  private readonly byCandidate = new Map<string, MailTemplate>();
  private readonly samples = new Map<string, unknown>();

  /** @param root the folder that holds `templates` and `layout`. */
  constructor(root = templatesRoot()) {
    const layout = join(root, 'layout');
    this.names = subfolders(join(root, 'templates'));
    for (const name of this.names) {
      const folder = join(root, 'templates', name);
      this.samples.set(name, JSON.parse(readFileSync(join(folder, 'sample.json'), 'utf8')));
      for (const language of subfolders(folder)) {
        const folders = [join(folder, language), folder, join(layout, language), layout].map(readFolder);
        this.add(name, { language, part: (part, medium) => findPart(folders, part, medium) });
      }
    }
  }

  /** @param candidate `invoice-final.nl`, or `invoice-final` for the base language. */
  find(candidate: string): MailTemplate | undefined {
    return this.byCandidate.get(candidate);
  }

  /** The content of the template's `sample.json`, undefined when there is no such template. */
  sample(name: string): unknown {
    return this.samples.get(name);
  }

  /** Every template in every language once. */
  all(): { candidate: string; template: MailTemplate }[] {
    return [...this.byCandidate].flatMap(([candidate, template]) =>
      candidate.includes('.') ? [{ candidate, template }] : [],
    );
  }

  private add(name: string, template: MailTemplate): void {
    this.byCandidate.set(`${name}.${template.language}`, template);
    if (template.language === BASE_LANGUAGE) this.byCandidate.set(name, template);
  }
}

function findPart(folders: readonly Folder[], name: string, medium: 'html' | 'text'): string | undefined {
  const keys = medium === 'html' ? [`${name}.mjml`, name, `${name}.txt`] : [name, `${name}.txt`];
  for (const folder of folders) {
    for (const key of keys) {
      const part = folder.get(key);
      if (part !== undefined) return part;
    }
  }
  return undefined;
}

function readFolder(folder: string): Folder {
  const parts = new Map<string, string>();
  if (!existsSync(folder)) return parts;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const content = readFileSync(join(folder, entry.name), 'utf8');
    if (entry.name === 'words.json') {
      for (const [key, text] of Object.entries(words.parse(JSON.parse(content)))) parts.set(key, text);
    } else {
      parts.set(entry.name, content);
    }
  }
  return parts;
}

function subfolders(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

/** `libs/templates` of the checkout or the image, whether this runs from its sources or from `dist`. */
function templatesRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    const root = join(folder, 'libs', 'templates');
    if (existsSync(join(root, 'templates')) && existsSync(join(root, 'layout'))) return root;
    const parent = dirname(folder);
    if (parent === folder) {
      throw new Error('The mail templates are missing: ship the folder libs/templates beside dist.');
    }
    folder = parent;
  }
}
