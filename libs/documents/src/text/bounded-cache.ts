/**
 * Remembers what was used lately, within a bound on total weight. Two generations: what was not asked for while one filled
 * up is forgotten with the older, at no cost per look-up.
 */
export class BoundedCache<V> {
  private young = new Map<string, V>();
  private old = new Map<string, V>();
  private weight = 0;

  /** @param bound on the weight of one generation; at most twice as much is held. */
  constructor(private readonly bound: number) {}

  get(key: string): V | undefined {
    const young = this.young.get(key);
    if (young !== undefined) return young;
    const old = this.old.get(key);
    if (old !== undefined) this.set(key, old, key.length);
    return old;
  }

  set(key: string, value: V, weight: number): void {
    if (this.weight + weight > this.bound) {
      this.old = this.young;
      this.young = new Map();
      this.weight = 0;
    }
    this.young.set(key, value);
    this.weight += weight;
  }
}
