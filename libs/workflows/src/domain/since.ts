/** Instants by name, ISO 8601: `{"7 DAY": "2026-01-01T00:00:00.000Z"}`. */
export type Since = Record<string, string>;

/** Stands for every customer in a scope. */
const EVERYONE = '*';

/**
 * From when on each step counts: a step that was there keeps its instant, a new one starts now, one that was taken out is
 * forgotten and starts anew when it comes back.
 * @param keys normalised periods (`periodKey`).
 */
export function stepsSince(before: Since, keys: readonly string[], now: Date): Since {
  return Object.fromEntries(keys.map((key) => [key, before[key] ?? now.toISOString()]));
}

/**
 * From when on each customer is in the scope. Who comes in starts now, who leaves is forgotten. When a list opens up to
 * everyone, those who were on it keep their instants; when everyone narrows to a list, those on it keep the instant they had.
 * @param customerIds null: every customer.
 */
export function scopeSince(before: Since, customerIds: readonly string[] | null, now: Date): Since {
  const start = now.toISOString();
  if (customerIds === null) return { ...before, [EVERYONE]: before[EVERYONE] ?? start };
  return Object.fromEntries(customerIds.map((id) => [id, before[id] ?? before[EVERYONE] ?? start]));
}
