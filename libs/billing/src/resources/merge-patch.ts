/** An object as JSON holds it. Members that are `undefined` count as absent. */
export type JsonObject = Record<string, unknown>;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A member that is text; null when it is absent or anything else. */
export function textOf(document: JsonObject, name: string): string | null {
  const value = document[name];
  return typeof value === 'string' ? value : null;
}

/**
 * `target` after `patch` (RFC 7396): what the patch leaves out stays, `null` removes, objects merge recursively, arrays
 * and everything else replace. Neither argument is changed. Merging into `{}` gives the patch without its nulls, which
 * is how a new resource is written: what is unset is absent.
 */
export function mergePatch(target: JsonObject, patch: JsonObject): JsonObject {
  const merged = new Map(Object.entries(target));
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) merged.delete(name);
    else if (value !== undefined) merged.set(name, mergedValue(merged.get(name), value));
  }
  // fromEntries defines members instead of assigning them: a member named __proto__ is one like any other.
  return Object.fromEntries(merged);
}

function mergedValue(current: unknown, value: unknown): unknown {
  return isJsonObject(value) ? mergePatch(isJsonObject(current) ? current : {}, value) : value;
}
