import { PermanentFailure } from '#kernel/failures';

const PART = /\{\{>\s*([\w-]+)\s*\}\}/g;
const MAX_DEPTH = 12;

/**
 * Writes the parts that a text names (`{{> greeting}}`) in their places, before anything is parsed: a part is words or
 * lines of a template, not a template of its own.
 * @param find the text of a part, or undefined when there is none of that name.
 * @throws {PermanentFailure} TEMPLATE_INVALID for a part that does not exist or contains itself.
 */
export function insertParts(
  text: string,
  find: (name: string) => string | undefined,
  where: string,
  depth = 0,
): string {
  return text.replace(PART, (_placeholder, name: string) => {
    const part = find(name);
    if (part === undefined) throw invalid(where, `names the part ${name}, which does not exist; correct the name.`);
    if (depth === MAX_DEPTH) throw invalid(where, `has parts that contain themselves, among them ${name}.`);
    return insertParts(part.trim(), find, where, depth + 1);
  });
}

function invalid(where: string, problem: string): PermanentFailure {
  return new PermanentFailure('TEMPLATE_INVALID', `The ${where} ${problem}`);
}
