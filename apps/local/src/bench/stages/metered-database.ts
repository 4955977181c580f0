import { Database, type Transaction } from '#database/database';

/** Adds up the CPU of this process while a transaction is under way. Right only as long as nothing else is. */
export class MeteredDatabase extends Database {
  private spentUs = 0;

  override async transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    const before = process.cpuUsage();
    try {
      return await super.transaction(work);
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
