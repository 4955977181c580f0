import { formatter } from '#kernel/format';
import { PermanentFailure } from '#kernel/failures';
import { printable, type TemplateVariables } from './template-variables.js';
import { TextTemplate } from './text-template.js';

const VARIABLES: TemplateVariables = {
  customer_name: 'Anna <b>Jansen</b> & Co',
  days_overdue: 7,
  has_pdf: true,
  purchase_order_number: null,
  bank_accounts: [
    { iban: 'NL91 ABNA', bic: null },
    { iban: 'DE89 3704', bic: 'COBADEFF' },
  ],
  address_lines: ['Havenstraat 12', 'Rotterdam'],
};

function rendered(source: string, variables = VARIABLES, escaping: 'html' | 'none' = 'none', locale = 'en'): string {
  return TextTemplate.compile(source, escaping, 'test').render(printable(variables), formatter(locale, 'UTC'));
}

function failure(act: () => unknown): PermanentFailure {
  try {
    act();
  } catch (error) {
    if (error instanceof PermanentFailure) return error;
    throw error;
  }
  throw new Error('It was rendered.');
}

describe('what a template can say', () => {
  it.each([
    ['{{customer_name}}', 'Anna <b>Jansen</b> & Co'],
    ['{{#if has_pdf}}yes{{else}}no{{/if}}', 'yes'],
    ['{{#if purchase_order_number}}yes{{else if has_pdf}}second{{/if}}', 'second'],
    ['{{#unless purchase_order_number}}none{{/unless}}', 'none'],
    ['{{#each address_lines}}{{this}}{{#unless @last}}, {{/unless}}{{/each}}', 'Havenstraat 12, Rotterdam'],
    ['{{#each bank_accounts}}{{iban}}/{{bic}}/{{../days_overdue}};{{/each}}', 'NL91 ABNA//7;DE89 3704/COBADEFF/7;'],
    ['{{#if (and has_pdf (not (eq days_overdue 8)))}}yes{{/if}}', 'yes'],
    ['{{#if (or purchase_order_number (gt days_overdue 6))}}yes{{/if}}', 'yes'],
    ['{{!-- a remark --}}{{#each bank_accounts}}{{@index}}{{else}}none{{/each}}', '01'],
  ])('%s', (source, expected) => {
    expect(rendered(source)).toBe(expected);
  });

  it('takes an empty list for nothing', () => {
    const empty = { bank_accounts: [], has_pdf: false };
    expect(rendered('{{#if (or bank_accounts has_pdf)}}a{{else}}b{{/if}}', empty)).toBe('b');
  });

  it('escapes what a reader would take for markup in HTML, and nothing in text', () => {
    expect(rendered('{{customer_name}}', VARIABLES, 'html')).toBe('Anna &lt;b&gt;Jansen&lt;/b&gt; &amp; Co');
  });

  it.each([
    [1, 'en', '1 day'],
    [2, 'en', '2 days'],
    [0, 'en', '0 days'],
    [1234, 'en', '1,234 days'],
    [1234, 'de', '1.234 days'],
    [1, 'fr', '1 day'],
    [0, 'fr', '0 day'],
  ])('writes the plural of %d in %s', (days_overdue, locale, expected) => {
    const source = "{{plural days_overdue one='# day' other='# days'}}";
    expect(rendered(source, { days_overdue }, 'none', locale)).toBe(expected);
  });

  it('uses the categories that a language has', () => {
    const source = "{{plural n one='# faktura' few='# faktury' many='# faktur' other='# faktury'}}";
    const forms = [1, 3, 5].map((n) => rendered(source, { n }, 'none', 'pl'));
    expect(forms).toEqual(['1 faktura', '3 faktury', '5 faktur']);
  });
});

describe('a variable that does not exist', () => {
  it.each([
    ['printed', '{{custmer_name}}', 'custmer_name'],
    ['asked by if', '{{#if custmer_name}}{{/if}}', 'custmer_name'],
    ['in a branch that is not taken', '{{#unless has_pdf}}{{custmer_name}}{{/unless}}', 'custmer_name'],
    ['in an else', '{{#if has_pdf}}{{else}}{{custmer_name}}{{/if}}', 'custmer_name'],
    ['given to a helper', '{{#if (eq custmer_name 1)}}{{/if}}', 'custmer_name'],
    ['given to a helper by name', "{{plural days_overdue one=custmer_name other=''}}", 'custmer_name'],
    ['walked through', '{{#each custmer_name}}{{/each}}', 'custmer_name'],
    ['of a list element', '{{#each bank_accounts}}{{swift}}{{/each}}', 'bank_accounts[].swift'],
    ['of a text', '{{customer_name.length}}', 'customer_name.length'],
    ['of a list', '{{bank_accounts.length}}', 'bank_accounts.length'],
    ['of the mail within each', '{{#each bank_accounts}}{{customer_name}}{{/each}}', 'bank_accounts[].customer_name'],
    ['outside of everything', '{{../customer_name}}', '../customer_name'],
    ['a position outside of each', '{{@index}}', '@index'],
    ['what templates carry along', '{{#each address_lines}}{{@format}}{{/each}}', '@format'],
    ['what templates carry along, at the root', '{{@root.customer_name}}', '@root.customer_name'],
  ])('is an error with its name: %s', (_where, source, name) => {
    const error = failure(() => rendered(source));
    expect(error.code).toBe('TEMPLATE_VARIABLE_UNKNOWN');
    expect(error.message).toContain(` ${name}.`);
  });

  it('tells how to reach the variables of the mail within each', () => {
    expect(failure(() => rendered('{{#each bank_accounts}}{{customer_name}}{{/each}}')).message).toContain(
      'write ../customer_name',
    );
  });
});

describe('hostile template text', () => {
  const ATTACKS = [
    '{{constructor.name}}',
    '{{constructor}}',
    '{{__proto__}}',
    '{{toString}}',
    '{{this.constructor}}',
    '{{customer_name.constructor.constructor}}',
    '{{#with "s" as |x|}}{{x.sub.constructor}}{{/with}}',
    '{{#with "s"}}{{constructor}}{{/with}}',
    '{{#each bank_accounts as |account|}}{{account.constructor}}{{/each}}',
    '{{#each bank_accounts}}{{this.__proto__}}{{/each}}',
    '{{#if (constructor)}}{{/if}}',
    '{{lookup this "constructor"}}',
    '{{#if (lookup this "constructor")}}{{/if}}',
    '{{#with (lookup this "constructor")}}{{name}}{{/with}}',
    '{{log customer_name}}',
    '{{helperMissing customer_name}}',
    '{{#blockHelperMissing customer_name}}{{/blockHelperMissing}}',
    '{{#customer_name}}x{{/customer_name}}',
    '{{> layout}}',
    '{{> (lookup . "customer_name")}}',
    '{{#> layout}}x{{/layout}}',
    '{{#*inline "x"}}x{{/inline}}',
    '{{* decorator}}',
    '{{{customer_name}}}',
    '{{&customer_name}}',
    '{{"constructor"}}',
    '{{eq.constructor "a" "b"}}',
    '{{../../constructor}}',
    '{{if}}',
    '{{#if}}{{/if}}',
    '{{#if has_pdf includeZero=true}}{{/if}}',
    '{{plural days_overdue one="x"}}',
    '{{plural customer_name other="x"}}',
    '{{#if has_pdf}}',
    '{{',
  ];

  it.each(ATTACKS)('is refused: %s', (source) => {
    expect(failure(() => rendered(source)).code).toMatch(/^TEMPLATE_(INVALID|VARIABLE_UNKNOWN)$/);
  });

  it('is refused when it says {{#with}} of a text', () => {
    expect(failure(() => rendered('{{#with customer_name}}{{length}}{{/with}}')).code).toBe(
      'TEMPLATE_VARIABLE_UNKNOWN',
    );
  });

  it('is refused when it nests without end', () => {
    const source = '{{#if has_pdf}}'.repeat(500) + '{{/if}}'.repeat(500);
    expect(failure(() => rendered(source)).message).toContain('nests deeper');
  });

  it('is stopped while lists within lists still multiply', () => {
    const rows = (list: string) => Array.from({ length: 1000 }, (_, index) => ({ id: `${list}${index}` }));
    const many: TemplateVariables = { a: rows('a'), b: rows('b'), c: rows('c') };
    const source = '{{#each a}}{{#each ../b}}{{#each ../../c}}0123456789{{/each}}{{/each}}{{/each}}';
    const error = failure(() => rendered(source, many));
    expect(error.code).toBe('TEMPLATE_INVALID');
    expect(error.message).toContain('print too much');
  });

  it('is refused when it prints more than a megabyte', () => {
    const error = failure(() => rendered('{{a}}{{a}}', { a: 'x'.repeat(600_000) }));
    expect(error).toMatchObject({ code: 'TEMPLATE_INVALID', message: expect.stringContaining('more than 1000000') });
  });
});

describe('printable', () => {
  it('keeps every text on one line', () => {
    const { name } = printable({ name: ' Jan\r\nBcc: all@example.com\u2028\u0000\u202Ede Vries\t' });
    expect(name).toBe('Jan Bcc: all@example.com de Vries');
  });

  it('leaves no prototype to climb', () => {
    const copy = printable({ account: { iban: 'NL91' } });
    expect(Object.getPrototypeOf(copy)).toBeNull();
    expect(Object.getPrototypeOf(copy.account)).toBeNull();
  });
});
