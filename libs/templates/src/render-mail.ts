import { DomainError } from '#kernel/errors';
import { Failure, PermanentFailure } from '#kernel/failures';
import { formatter, type Formatter } from '#kernel/format';
import { chooseLanguage } from './language-choice.js';
import { type CompiledMail, compileMail } from './mail-parts.js';
import { layOutText, subjectLine } from './mail-text.js';
import { sampleVariables } from './sample-variables.js';
import { BASE_LANGUAGE, type MailTemplate, ShippedTemplates } from './shipped-templates.js';
import { printable, type TemplateVariables } from './template-variables.js';
import { TextTemplate } from './text-template.js';

export interface MailRenderRequest {
  templateName: string;
  /** The customer's, `nl-NL`. */
  locale: string | null;
  platformLocale: string | null;
  /** IANA. */
  zone: string;
  /** The action's own subject, a Handlebars text over the same variables; null for the template's. */
  subject: string | null;
  /**
   * Called once, when the language is chosen, with the formatter of that language and the reader's region. Every name that
   * the template uses must be there, null when it does not apply. `subject` is ours: the HTML finds the subject in it.
   */
  variables: (format: Formatter) => TemplateVariables;
}

export interface RenderedMail {
  /** One line. */
  subject: string;
  html: string;
  text: string;
  /** Which candidate it was, `invoice-final.nl`. */
  template: string;
  /** The formatter's, `nl-NL` or `en-GB`. */
  locale: string;
  /** The mail is not in the language that was asked for. */
  usedFallback: boolean;
}

/** How many actions' own subjects stay compiled. */
const SUBJECTS_KEPT = 500;

/** Compiled once per process: MJML takes a second for all of them. */
const compiled = new WeakMap<MailTemplate, Promise<CompiledMail>>();

/** Turns a template and its variables into subject, HTML and text. Compiles each template and subject once. */
export class MailRenderer {
  private readonly subjects = new Map<string, TextTemplate>();

  constructor(private readonly templates = shipped()) {}

  /** Names of the shipped templates, `invoice-final` and so on. */
  static get templateNames(): readonly string[] {
    return shipped().names;
  }

  /**
   * Compiles every template now, so that a broken one is known at boot and the first mail does not wait for it (1 s).
   * @throws {PermanentFailure} TEMPLATE_INVALID
   */
  async prepare(): Promise<void> {
    for (const { candidate, template } of this.templates.all()) await this.compile(candidate, template);
  }

  /**
   * @throws {PermanentFailure} TEMPLATE_NOT_FOUND; TEMPLATE_VARIABLE_UNKNOWN, which names the variable and the template,
   *   also when it stands in a branch that this reader would not see; TEMPLATE_INVALID; TEMPLATE_SUBJECT_EMPTY.
   */
  async render(request: MailRenderRequest): Promise<RenderedMail> {
    const choice = chooseLanguage(request.templateName, [request.locale, request.platformLocale], (candidate) =>
      this.templates.find(candidate),
    );
    if (!choice) throw notFound(request.templateName, this.templates.names);
    const mail = await this.compile(choice.candidate, choice.template);
    const format = formatter(choice.locale, request.zone);
    const variables = printable(request.variables(format));

    const ownSubject = request.subject === null ? mail.subject : this.compileSubject(request.subject);
    const subject = subjectLine(ownSubject.render(variables, format));
    if (subject === '') {
      throw new PermanentFailure(
        'TEMPLATE_SUBJECT_EMPTY',
        `The subject of ${choice.candidate} comes out empty for this customer; give it words of its own.`,
      );
    }
    return {
      subject,
      html: mail.html.render({ ...variables, subject }, format),
      text: layOutText(mail.text.render(variables, format)),
      template: choice.candidate,
      locale: format.locale,
      usedFallback: choice.usedFallback,
    };
  }

  private compile(candidate: string, template: MailTemplate): Promise<CompiledMail> {
    const known = compiled.get(template);
    if (known) return known;
    const compiling = compileMail(candidate, template);
    compiled.set(template, compiling);
    return compiling;
  }

  private compileSubject(text: string): TextTemplate {
    const known = this.subjects.get(text);
    if (known) return known;
    const compiled = TextTemplate.compile(text, 'none', "action's subject");
    if (this.subjects.size === SUBJECTS_KEPT) this.subjects.clear();
    this.subjects.set(text, compiled);
    return compiled;
  }
}

/**
 * Whether an action's own subject can be parsed and uses only variables that some shipped template's mails have.
 * @param field the path for the error, `send_email_to_customer.subject`.
 * @throws {DomainError} INVALID_FIELD that says what is wrong.
 */
export function checkSubject(subject: string, field: string): void {
  if (subjectLine(subject) === '') {
    throw DomainError.invalidField(field, `${field} is empty; leave it out for the template's own subject.`);
  }
  if (/[\r\n]/.test(subject)) throw DomainError.invalidField(field, `${field} must be one line.`);
  try {
    TextTemplate.compile(subject, 'none', 'subject').check(everyKnownVariable());
  } catch (error) {
    if (error instanceof Failure) throw DomainError.invalidField(field, error.message);
    throw error;
  }
}

/**
 * Whether mails can be rendered from a template of this name, in a language of the customer's or, as `invoice-final.nl`, in one.
 * @param field the path for the error, `send_email_to_customer.template_name`.
 * @throws {DomainError} INVALID_FIELD that tells which there are.
 */
export function checkTemplateName(name: string, field: string): void {
  if (shipped().find(name)) return;
  throw DomainError.invalidField(field, `There is no template ${name}; use one of ${shipped().names.join(', ')}.`);
}

let knownVariables: TemplateVariables | undefined;

/** What the samples of the shipped templates name. */
function everyKnownVariable(): TemplateVariables {
  return (knownVariables ??= sampledVariables());
}

function sampledVariables(): TemplateVariables {
  const format = formatter(BASE_LANGUAGE, 'UTC');
  const { names } = shipped();
  return names.reduce<TemplateVariables>(
    (known, name) => ({ ...known, ...sampleVariables(shipped().sample(name), format) }),
    {},
  );
}

function notFound(name: string, names: readonly string[]): PermanentFailure {
  return new PermanentFailure(
    'TEMPLATE_NOT_FOUND',
    `There is no template ${name}; set the action's template_name to one of ${names.join(', ')}.`,
  );
}

let shippedTemplates: ShippedTemplates | undefined;

/** They are files of the product: read once per process. */
function shipped(): ShippedTemplates {
  return (shippedTemplates ??= new ShippedTemplates());
}
