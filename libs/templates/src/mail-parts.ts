import { direction } from './language-choice.js';
import { mjmlToHtml } from './mjml-html.js';
import { precompiledHtml } from './precompiled-html.js';
import { type MailTemplate } from './shipped-templates.js';
import { insertParts } from './template-parts.js';
import { TextTemplate } from './text-template.js';

/** A mail's three parts, ready to be printed for any number of readers. */
export interface CompiledMail {
  subject: TextTemplate;
  /** May print `subject` besides the mail's own variables. */
  html: TextTemplate;
  text: TextTemplate;
}

/**
 * @param candidate its name, for the reader of an error: `invoice-final.nl`.
 * @throws {PermanentFailure} TEMPLATE_INVALID that says what is wrong with which part.
 */
export async function compileMail(candidate: string, template: MailTemplate): Promise<CompiledMail> {
  const where = (part: string) => `template ${candidate} (${part})`;
  const subject = insertParts('{{> subject}}', (name) => template.part(name, 'text'), where('subject'));
  const text = insertParts('{{> text}}', (name) => template.part(name, 'text'), where('text'));
  const mjml = mailMjml(candidate, template);
  const html = precompiledHtml(mjml) ?? (await mjmlToHtml(mjml, where('html')));
  return {
    subject: TextTemplate.compile(subject, 'none', where('subject')),
    text: TextTemplate.compile(text, 'none', where('text')),
    html: TextTemplate.compile(html, 'html', where('html')),
  };
}

/** The template's MJML document in one piece, Handlebars left in. @throws {PermanentFailure} TEMPLATE_INVALID */
export function mailMjml(candidate: string, template: MailTemplate): string {
  return insertParts('{{> layout}}', partsOfHtml(template), `template ${candidate} (html)`);
}

/** The template's own parts, and what the layout asks about its language. */
function partsOfHtml(template: MailTemplate): (name: string) => string | undefined {
  const reads = direction(template.language);
  const aboutLanguage = new Map<string, string>([
    ['language', template.language],
    ['direction', reads],
    ['start', reads === 'ltr' ? 'left' : 'right'],
    ['end', reads === 'ltr' ? 'right' : 'left'],
  ]);
  return (name) => aboutLanguage.get(name) ?? template.part(name, 'html');
}
