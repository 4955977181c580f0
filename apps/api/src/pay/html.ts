import { createHash } from 'node:crypto';

/** Markup that may be printed as it stands. Only {@link html} and {@link trusted} make it. */
export class Html {
  constructor(private readonly markup: string) {}

  toString(): string {
    return this.markup;
  }
}

/** What may stand in a `${}` of {@link html}: texts are escaped, lists are joined, nothing is printed for what is absent. */
export type HtmlValue = Html | string | number | false | null | undefined | readonly HtmlValue[];

/**
 * A piece of HTML. Every value is escaped for text and for quoted attributes, so attributes must be written with quotes;
 * the address of a link must have been judged before (`javascript:` survives escaping).
 */
export function html(strings: TemplateStringsArray, ...values: HtmlValue[]): Html {
  return new Html(strings.reduce((markup, text, i) => markup + print(values[i - 1]) + text));
}

/** Markup of our own making, such as a style sheet. Never call it with anything that came from outside. */
export function trusted(markup: string): Html {
  return new Html(markup);
}

/** The Content-Security-Policy source that allows exactly this inline style or script: `'sha256-…'`. */
export function inlineSource(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

function print(value: HtmlValue): string {
  if (value instanceof Html) return value.toString();
  if (value === null || value === undefined || value === false) return '';
  if (typeof value === 'object') return value.map(print).join('');
  return String(value).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
