import Handlebars, { type HelperOptions } from 'handlebars';
import { type Formatter } from '#kernel/format';
import { PermanentFailure } from '#kernel/failures';
import { isList } from './template-variables.js';

/** Blocks, each of exactly one thing: `{{#if has_pdf}}…{{/if}}`. */
export const BLOCK_HELPERS: readonly string[] = ['if', 'unless', 'each', 'with'];

/** What stands within braces or parentheses, with the least and the most arguments: `{{#if (eq a b)}}`. */
export const INLINE_HELPERS = {
  eq: [2, 2],
  gt: [2, 2],
  not: [1, 1],
  and: [2, 9],
  or: [2, 9],
  plural: [1, 1],
} as const satisfies Record<string, readonly [number, number]>;

/** What `plural` may be given; which of them a language uses, `Intl.PluralRules` knows. `other` is required. */
export const PLURAL_CATEGORIES: readonly Intl.LDMLPluralRule[] = ['zero', 'one', 'two', 'few', 'many', 'other'];

/** What a rendering carries besides its variables; templates cannot reach it. */
export interface RenderingData {
  format: Formatter;
  /** Characters that lists may still print: nested lists of a hostile template multiply. */
  allowance: { characters: number };
}

/** A Handlebars of our own with the helpers above and nothing else: no log, no lookup, no partials, no decorators. */
export function templateEngine(): typeof Handlebars {
  const engine = Handlebars.create();
  engine.unregisterHelper('log');
  engine.unregisterHelper('lookup');
  engine.unregisterDecorator('inline');
  engine.registerHelper({ eq, gt, not, and, or, plural, each });
  return engine;
}

function eq(left: unknown, right: unknown): boolean {
  return left === right;
}

/** False unless both are numbers. */
function gt(left: unknown, right: unknown): boolean {
  return typeof left === 'number' && typeof right === 'number' && left > right;
}

function not(value: unknown): boolean {
  return !holds(value);
}

function and(...args: unknown[]): boolean {
  return args.slice(0, -1).every(holds);
}

function or(...args: unknown[]): boolean {
  return args.slice(0, -1).some(holds);
}

/** As `if` decides: null, false, zero, an empty text and an empty list do not hold. */
function holds(value: unknown): boolean {
  return isList(value) ? value.length > 0 : Boolean(value);
}

/** `{{plural days_overdue one='# day' other='# days'}}`: the form for this count in the mail's language, # its digits. */
function plural(count: unknown, options: HelperOptions): string {
  if (typeof count !== 'number') {
    throw new PermanentFailure('TEMPLATE_INVALID', 'plural needs a count; ask {{#if …}} first whether there is one.');
  }
  const { format } = options.data as RenderingData;
  const forms = options.hash as Partial<Record<Intl.LDMLPluralRule, unknown>>;
  const form = forms[format.plural(count)] ?? forms.other;
  return String(form).replaceAll('#', () => format.number(String(count)));
}

function each(this: unknown, list: unknown, options: HelperOptions): string {
  if (!isList(list) || list.length === 0) return options.inverse(this);
  const data = Handlebars.createFrame(options.data) as RenderingData & Record<string, unknown>;
  let output = '';
  list.forEach((element, index) => {
    Object.assign(data, { index, first: index === 0, last: index === list.length - 1 });
    const printed = options.fn(element, { data });
    data.allowance.characters -= printed.length;
    if (data.allowance.characters < 0) throw new PermanentFailure('TEMPLATE_INVALID', 'its lists print too much.');
    output += printed;
  });
  return output;
}
