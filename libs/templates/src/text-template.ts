import { type Formatter } from '#kernel/format';
import { Failure, PermanentFailure } from '#kernel/failures';
import { type RenderingData, templateEngine } from './template-helpers.js';
import { collectReferences } from './template-syntax.js';
import { type TemplateVariables } from './template-variables.js';
import { requireVariables, type VariableReferences } from './variable-references.js';

/** What one part of a mail may be at most, and what its template may be; in characters. */
const MAX_OUTPUT = 1_000_000;
const MAX_SOURCE = 500_000;

const engine = templateEngine();

/** A compiled Handlebars text; safe with text that someone else wrote. */
export class TextTemplate {
  private constructor(
    private readonly where: string,
    private readonly references: VariableReferences,
    private readonly print: Handlebars.TemplateDelegate<TemplateVariables>,
  ) {}

  /**
   * @param escaping `html` for what a browser reads, `none` for subject and text part.
   * @param where which text it is, for the reader of an error: `template invoice-final.nl (html)`.
   * @throws {PermanentFailure} TEMPLATE_INVALID that says what is wrong with it.
   */
  static compile(source: string, escaping: 'html' | 'none', where: string): TextTemplate {
    if (source.length > MAX_SOURCE) throw invalid(where, `is longer than ${MAX_SOURCE} characters; shorten it.`);
    const program = parse(source, where);
    const references = collectReferences(program, where);
    const print = engine.compile<TemplateVariables>(program, {
      strict: true,
      knownHelpersOnly: true,
      knownHelpers: { eq: true, gt: true, not: true, and: true, or: true, plural: true, log: false, lookup: false },
      noEscape: escaping === 'none',
    });
    return new TextTemplate(where, references, print);
  }

  /**
   * @param variables as `printable` returns them.
   * @throws {PermanentFailure} TEMPLATE_VARIABLE_UNKNOWN for a name that they lack, in whichever branch it stands;
   *   TEMPLATE_INVALID when it cannot be printed or prints more than a megabyte.
   */
  render(variables: TemplateVariables, format: Formatter): string {
    this.check(variables);
    const data: RenderingData = { format, allowance: { characters: MAX_OUTPUT } };
    let output: string;
    try {
      output = this.print(variables, { data });
    } catch (error) {
      throw invalid(this.where, `cannot be printed: ${messageOf(error)}`, error);
    }
    if (output.length > MAX_OUTPUT) throw invalid(this.where, `prints more than ${MAX_OUTPUT} characters; shorten it.`);
    return output;
  }

  /** @throws {PermanentFailure} TEMPLATE_VARIABLE_UNKNOWN when it uses a name that these variables lack. */
  check(variables: TemplateVariables): void {
    requireVariables(this.references, variables, this.where);
  }
}

function parse(source: string, where: string): hbs.AST.Program {
  try {
    return engine.parse(source);
  } catch (error) {
    throw invalid(where, `is not a template: ${messageOf(error)}`, error);
  }
}

function invalid(where: string, problem: string, cause?: unknown): PermanentFailure {
  return new PermanentFailure('TEMPLATE_INVALID', `The ${where} ${problem}`, cause === undefined ? {} : { cause });
}

function messageOf(error: unknown): string {
  return error instanceof Failure || error instanceof Error ? error.message : String(error);
}
