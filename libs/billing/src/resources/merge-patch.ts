/** What JSON can hold. `undefined` members count as absent. */
export type Json = string | number | boolean | null | Json[] | JsonObject;
export interface JsonObject {
  [name: string]: Json | undefined;
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
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

function mergedValue(current: Json | undefined, value: Json): Json {
  return isJsonObject(value) ? mergePatch(isJsonObject(current) ? current : {}, value) : value;
}
