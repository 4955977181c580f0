/** A time range; either end may be open. Both ends belong to it. */
export interface Instants {
  from: string | null;
  to: string | null;
}

const INSTANT = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

/** `[start,end]`, `[start,]`, or one instant, as a range; null when the text is neither. Without an offset it is UTC. */
export function instants(text: string): Instants | null {
  const range = /^\[([^,\]]*),([^,\]]*)\]$/.exec(text.trim());
  const [from = '', to = ''] = range ? [range[1]?.trim(), range[2]?.trim()] : [text.trim(), text.trim()];
  if (from === '' && to === '') return null;
  if (![from, to].every((end) => end === '' || isInstant(end))) return null;
  return { from: utc(from), to: utc(to) };
}

function isInstant(text: string): boolean {
  return INSTANT.test(text) && !Number.isNaN(Date.parse(text));
}

function utc(text: string): string | null {
  if (text === '') return null;
  return new Date(text.includes('T') && !/(Z|[+-]\d{2}:?\d{2})$/.test(text) ? `${text}Z` : text).toISOString();
}
