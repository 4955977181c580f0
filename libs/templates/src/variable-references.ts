import { PermanentFailure } from '#kernel/failures';
import { isList, type TemplateValue, type TemplateVariables } from './template-variables.js';

/** The variables that a template refers to, as a tree: `bank_accounts` → its elements → `iban`. */
export class VariableReferences {
  private readonly children = new Map<string, VariableReferences>();
  private elements: VariableReferences | undefined;

  child(name: string): VariableReferences {
    const known = this.children.get(name);
    if (known) return known;
    const made = new VariableReferences();
    this.children.set(name, made);
    return made;
  }

  /** What is said of each element of a list. */
  element(): VariableReferences {
    return (this.elements ??= new VariableReferences());
  }

  /**
   * The first name, as a path (`bank_accounts[].iban`), that the variables lack; null when they have all. A null and an
   * empty list have everything: there is nothing in them to miss it.
   */
  missingFrom(value: TemplateValue, path = ''): string | null {
    if (value === null) return null;
    for (const [name, child] of this.children) {
      const childPath = path === '' ? name : `${path}.${name}`;
      const part = partOf(value, name);
      if (part === undefined) return childPath;
      const missing = child.missingFrom(part, childPath);
      if (missing !== null) return missing;
    }
    return this.elements ? missingFromElements(this.elements, value, path) : null;
  }
}

/** Own properties only: `constructor` and the like are no variables. */
function partOf(value: TemplateValue, name: string): TemplateValue | undefined {
  if (typeof value !== 'object' || value === null || isList(value) || !Object.hasOwn(value, name)) return undefined;
  return value[name];
}

function missingFromElements(references: VariableReferences, value: TemplateValue, path: string): string | null {
  if (!isList(value)) return `${path}[]`;
  for (const element of value) {
    const missing = references.missingFrom(element, `${path}[]`);
    if (missing !== null) return missing;
  }
  return null;
}

/**
 * @param where which text refers to them: `template invoice-final.nl (html)`.
 * @throws {PermanentFailure} TEMPLATE_VARIABLE_UNKNOWN that names the variable and the text.
 */
export function requireVariables(references: VariableReferences, variables: TemplateVariables, where: string): void {
  const missing = references.missingFrom(variables);
  if (missing === null) return;
  const name = missing.split('.').at(-1) ?? missing;
  const advice =
    missing !== name && Object.hasOwn(variables, name)
      ? `Within #each or #with write ../${name} for the mail's own ${name}.`
      : `Correct the name or take it out; there are ${Object.keys(variables).sort().join(', ')}.`;
  throw new PermanentFailure(
    'TEMPLATE_VARIABLE_UNKNOWN',
    `The ${where} uses the unknown variable ${missing}. ${advice}`,
  );
}
