import { PermanentFailure } from '#kernel/failures';

/**
 * The HTML of an MJML document, Handlebars left in, nothing fetched from outside: no web fonts, no includes from disk.
 * MJML is loaded when the first template needs it (0.6 s and 50 MB that a process without mails does not pay).
 * @throws {PermanentFailure} TEMPLATE_INVALID with the complaints of MJML.
 */
export async function mjmlToHtml(mjml: string, where: string): Promise<string> {
  const { default: mjml2html } = await import('mjml');
  try {
    const { html } = await mjml2html(mjml, {
      validationLevel: 'strict',
      ignoreIncludes: true,
      keepComments: false,
      fonts: {},
    });
    return withoutIndentation(html);
  } catch (error) {
    const complaint = error instanceof Error ? error.message : String(error);
    throw new PermanentFailure('TEMPLATE_INVALID', `The ${where} is not valid MJML: ${complaint}`, { cause: error });
  }
}

/** MJML indents deeply: a third of the bytes of a mail. Line breaks stay, so that nothing grows together. */
function withoutIndentation(html: string): string {
  return html.replace(/^\s+/gm, '');
}
