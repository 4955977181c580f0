/**
 * Reads `statuses[]=A&statuses[]=B&page=2`. Names that end in `[]` are lists, also of one; a name without brackets that
 * is stated twice becomes a list too, which its schema refuses.
 */
export function parseQueryString(text: string): Record<string, string | string[]> {
  const values = new Map<string, string | string[]>();
  for (const [name, value] of new URLSearchParams(text)) {
    const known = values.get(name);
    if (known !== undefined) values.set(name, [known, value].flat());
    else values.set(name, name.endsWith('[]') ? [value] : value);
  }
  return Object.fromEntries(values);
}
