/** What PostgreSQL keeps of each connection is bounded by this. */
const MOST = 1_000;

/** A name for each text of a statement, by which a connection prepares it once. */
export class StatementNames {
  private readonly names = new Map<string, string>();

  /** @returns '' for those that come when there are too many already: these are not kept prepared. */
  of(text: string): string {
    const known = this.names.get(text);
    if (known !== undefined) return known;
    if (this.names.size >= MOST) return '';
    const name = `s${this.names.size + 1}`;
    this.names.set(text, name);
    return name;
  }
}
