import { PermanentFailure } from '#kernel/failures';
import { BLOCK_HELPERS, INLINE_HELPERS, PLURAL_CATEGORIES } from './template-helpers.js';
import { VariableReferences } from './variable-references.js';

type AST = hbs.AST.Node;

const MAX_NESTING = 20;
/** Three lists within each other already print n³ times; what a mail needs is one or two. */
const MAX_LISTS_WITHIN_LISTS = 3;
const POSITIONS_IN_A_LIST = ['index', 'first', 'last'];

/** Where in the variables the walk stands: the innermost of `scopes` is what `this` means. */
interface Position {
  scopes: readonly VariableReferences[];
  nesting: number;
  lists: number;
}

/**
 * Walks a parsed template and collects every variable that it refers to, in whichever branch: Handlebars' own strict mode
 * says nothing about the arguments of `if`, `each` or a helper, and only looks at the branches that one reader happens
 * to get.
 *
 * Only what the walk knows may be in a template: text, comments, `{{variable}}`, the helpers listed and their arguments.
 * Partials, decorators, unescaped output, block parameters and anything that calls by a computed name are refused, since
 * template text may come from someone we need not trust.
 *
 * @param where which text it is, for the reader of the error: `template invoice-final.nl (html)`.
 * @throws {PermanentFailure} TEMPLATE_INVALID, or TEMPLATE_VARIABLE_UNKNOWN for a reference outside of every variable.
 */
export function collectReferences(program: hbs.AST.Program, where: string): VariableReferences {
  const root = new VariableReferences();
  new Walk(where).program(program, { scopes: [root], nesting: 0, lists: 0 });
  return root;
}

class Walk {
  constructor(private readonly where: string) {}

  program(program: hbs.AST.Program, at: Position): void {
    if (at.nesting > MAX_NESTING) throw this.invalid(program, `nests deeper than ${MAX_NESTING} blocks; flatten it`);
    if ((program.blockParams as string[] | undefined)?.length) {
      throw this.invalid(
        program,
        'names a block parameter (as |…|), which is not available; write the name or ../name',
      );
    }
    for (const statement of program.body) this.statement(statement, at);
  }

  private statement(node: AST, at: Position): void {
    if (isA<hbs.AST.MustacheStatement>(node, 'MustacheStatement')) this.mustache(node, at);
    else if (isA<hbs.AST.BlockStatement>(node, 'BlockStatement')) this.block(node, at);
    else if (node.type.startsWith('Partial')) {
      throw this.invalid(node, 'includes another template ({{> …}}) where none can be included; write its text here');
    } else if (node.type !== 'ContentStatement' && node.type !== 'CommentStatement') {
      throw this.invalid(node, `contains a ${node.type}, which is not available in a mail; take it out`);
    }
  }

  private mustache(node: hbs.AST.MustacheStatement, at: Position): void {
    if (!node.escaped) {
      throw this.invalid(node, 'prints without escaping ({{{…}}} or {{&…}}); write {{…}}');
    }
    if (node.params.length > 0 || (node.hash as unknown)) this.call(node, at);
    else if (!isPath(node.path)) throw this.invalid(node, 'prints a constant; write the text itself');
    else if (isHelper(node.path)) throw this.invalid(node, `uses ${node.path.original} without saying of what`);
    else this.refer(node.path, at);
  }

  private block(node: hbs.AST.BlockStatement, at: Position): void {
    const name = this.helperName(node.path, BLOCK_HELPERS);
    const [subject] = node.params;
    if (!subject || node.params.length > 1 || (node.hash as unknown)) {
      throw this.invalid(node, `must say #${name} of exactly one thing, as in {{#${name} invoice_number}}`);
    }
    const inside = { ...at, nesting: at.nesting + 1 };
    if (name === 'each' || name === 'with') {
      this.program(node.program, this.enter(name, subject, inside));
    } else {
      this.argument(subject, at);
      // `{{#unless x}}{{else}}…` without a first part has no program.
      if (node.program as unknown) this.program(node.program, inside);
    }
    if (node.inverse as unknown) this.program(node.inverse, inside);
  }

  private enter(name: 'each' | 'with', subject: AST, at: Position): Position {
    if (!isPath(subject) || subject.data) {
      throw this.invalid(subject, `can say #${name} of a variable only, as in {{#${name} bank_accounts}}`);
    }
    const found = this.refer(subject, at);
    if (name === 'with') return { ...at, scopes: [...at.scopes, found] };
    if (at.lists === MAX_LISTS_WITHIN_LISTS) {
      throw this.invalid(subject, `has more than ${MAX_LISTS_WITHIN_LISTS} lists within each other; flatten it`);
    }
    return { ...at, lists: at.lists + 1, scopes: [...at.scopes, found.element()] };
  }

  private call(node: hbs.AST.MustacheStatement | hbs.AST.SubExpression, at: Position): void {
    const name = this.helperName(node.path, Object.keys(INLINE_HELPERS));
    const [least, most] = INLINE_HELPERS[name as keyof typeof INLINE_HELPERS];
    if (node.params.length < least || node.params.length > most) {
      const count = least === most ? String(least) : `at least ${least}`;
      throw this.invalid(node, `must give ${name} ${count} argument${least === 1 ? '' : 's'}`);
    }
    for (const parameter of node.params) this.argument(parameter, at);
    this.named(name, node, at);
  }

  private named(helper: string, node: hbs.AST.MustacheStatement | hbs.AST.SubExpression, at: Position): void {
    const pairs = (node.hash as hbs.AST.Hash | undefined)?.pairs ?? [];
    const allowed: readonly string[] = helper === 'plural' ? PLURAL_CATEGORIES : [];
    for (const { key, value } of pairs) {
      if (!allowed.includes(key)) throw this.invalid(node, `gives ${helper} a ${key}=, which it does not know`);
      this.argument(value, at);
    }
    if (helper === 'plural' && !pairs.some(({ key }) => key === 'other')) {
      throw this.invalid(node, "must give plural an other=, as in {{plural days_overdue one='# day' other='# days'}}");
    }
  }

  private argument(node: AST, at: Position): void {
    if (isA<hbs.AST.SubExpression>(node, 'SubExpression')) this.call(node, at);
    else if (isPath(node)) this.refer(node, at);
    else if (!node.type.endsWith('Literal')) throw this.invalid(node, `contains a ${node.type}; take it out`);
  }

  private helperName(path: AST, allowed: readonly string[]): string {
    const name = isPath(path) && !path.data && path.depth === 0 && path.parts.length === 1 ? path.parts[0] : undefined;
    if (name !== undefined && allowed.includes(name)) return name;
    const used = isPath(path) ? path.original : 'a computed name';
    throw this.invalid(path, `uses ${used} as a helper, which is not one; there are ${allowed.join(', ')}`);
  }

  private refer(path: hbs.AST.PathExpression, { scopes, lists }: Position): VariableReferences {
    if (path.data) {
      const [name = ''] = path.parts;
      if (lists > 0 && path.parts.length === 1 && POSITIONS_IN_A_LIST.includes(name)) return new VariableReferences();
      throw this.unknown(`@${path.parts.join('.')}`, `Within #each there are @${POSITIONS_IN_A_LIST.join(', @')}.`);
    }
    const scope = scopes[scopes.length - 1 - path.depth];
    if (!scope) throw this.unknown(path.original, 'There is nothing so far outside; take a ../ off.');
    return path.parts.reduce((reference, name) => reference.child(name), scope);
  }

  private invalid(node: AST, problem: string): PermanentFailure {
    return new PermanentFailure('TEMPLATE_INVALID', `The ${this.where} ${problem} (line ${node.loc.start.line}).`);
  }

  private unknown(name: string, advice: string): PermanentFailure {
    return new PermanentFailure('TEMPLATE_VARIABLE_UNKNOWN', `The ${this.where} uses the unknown ${name}. ${advice}`);
  }
}

function isA<N extends AST>(node: AST, type: N extends { type: infer T } ? T : never): node is N {
  return node.type === type;
}

function isPath(node: AST): node is hbs.AST.PathExpression {
  return node.type === 'PathExpression';
}

function isHelper(path: hbs.AST.PathExpression): boolean {
  return Object.hasOwn(INLINE_HELPERS, path.original) || BLOCK_HELPERS.includes(path.original);
}
