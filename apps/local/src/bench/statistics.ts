/** The value below which `share` (0…1) of the values lie, the nearest one that occurs. @throws when there are none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const found = sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(sorted.length * share) - 1))];
  if (found === undefined) throw new Error('There is no value to take a quantile of.');
  return found;
}

/** @throws when there are none. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The median of those that could be measured; null when none could. */
export function medianOfMeasured(values: readonly (number | null)[]): number | null {
  const measured = values.filter((value) => value !== null);
  return measured.length > 0 ? median(measured) : null;
}
