import { Client } from 'pg';

/** A statement as it went to PostgreSQL. */
export interface Sent {
  text: string;
  values: readonly unknown[];
}

type Query = (this: Client, ...args: unknown[]) => unknown;

/** Listens to all that this process says to PostgreSQL: whatever builds a statement, this is where it leaves. */
export class SentStatements {
  private readonly prototype = Client.prototype as unknown as { query: Query };
  private readonly original = this.prototype.query;
  private heard: Sent[] | null = null;

  constructor() {
    const hear = (statement: unknown) => this.hear(statement);
    const { original } = this;
    this.prototype.query = function (...args) {
      hear(args[0]);
      return original.apply(this, args);
    };
  }

  /** What is read while `work` is under way; nothing else may be. */
  async during(work: () => Promise<unknown>): Promise<Sent[]> {
    const heard: Sent[] = [];
    this.heard = heard;
    try {
      await work();
      return heard;
    } finally {
      this.heard = null;
    }
  }

  stop(): void {
    this.prototype.query = this.original;
  }

  private hear(statement: unknown): void {
    if (typeof statement !== 'object' || statement === null || !('text' in statement)) return;
    const { text, values = [] } = statement as { text: string; values?: unknown[] };
    if (/^\s*(SELECT|WITH)\b/i.test(text)) this.heard?.push({ text, values });
  }
}
