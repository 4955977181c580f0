import { Database } from '#database/database';
import { type RowsOf } from '#database/session';
import { type Statement } from '#database/statement';

/** Adds up the CPU of this process while a transaction is under way. Right only as long as nothing else is. */
export class MeteredDatabase extends Database {
  private spentUs = 0;

  override async together<const Statements extends readonly Statement[]>(
    statements: Statements,
  ): Promise<RowsOf<Statements>> {
    const before = process.cpuUsage();
    try {
      return await super.together(statements);
    } finally {
      const { user, system } = process.cpuUsage(before);
      this.spentUs += user + system;
    }
  }

  /** Milliseconds since the last time somebody asked. */
  takeSpentMs(): number {
    const spent = this.spentUs / 1000;
    this.spentUs = 0;
    return spent;
  }
}
