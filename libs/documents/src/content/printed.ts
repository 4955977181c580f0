import { cleanText } from '../text/clean-text.js';

/** A text that will stand on the page, and where it comes from: a dotted path, array positions as numbers. */
export interface Printed {
  text: string;
  field: string;
}

/** The stated text, cleaned; null when nothing is stated. Whoever stored a number where a text belongs gets it printed. */
export function printed(value: unknown, field: string): Printed | null {
  if (typeof value !== 'string' && typeof value !== 'number') return null;
  const text = cleanText(String(value));
  return text === '' ? null : { text, field };
}

/** A text of ours: a label, or a value that we wrote out. */
export function ours(text: string, field = 'label'): Printed {
  return { text, field };
}

export function isPrinted(value: Printed | null | undefined): value is Printed {
  return value != null;
}

/** The stated list, empty when it is absent or no list at all. */
export function listed<T>(value: T[] | null | undefined): T[] {
  return Array.isArray(value) ? value.filter((element) => element != null) : [];
}

/** A value inside a sentence of the other direction keeps its own (UAX 9, FSI … PDI). */
export function isolated(text: string): string {
  return `\u2068${text}\u2069`;
}
