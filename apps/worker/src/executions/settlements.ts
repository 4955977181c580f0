import { type Database } from '#database/database';
import { type ClaimedExecution } from '#ledger/data/claim';
import { type Acceptance, settle } from '#ledger/data/settle';
import { type Outcome } from '#ledger/domain/execution-state';

interface Settlement {
  execution: ClaimedExecution;
  outcome: Outcome;
  acceptance: Acceptance | null;
  resolve: (ours: boolean) => void;
  reject: (error: unknown) => void;
}

/** Most outcomes in one transaction. */
const MOST = 50;

/**
 * ⑨ Writes outcomes, those that arrive while a transaction is under way together in the next one: a busy worker commits once
 * for several mails, an idle one at once. Each caller learns what became of his own.
 */
export class Settlements {
  private readonly waiting: Settlement[] = [];
  private writing = false;

  constructor(private readonly database: Database) {}

  /** @returns false when another worker has taken the execution over. Rejects when the database did not take it. */
  settle(execution: ClaimedExecution, outcome: Outcome, acceptance: Acceptance | null): Promise<boolean> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ execution, outcome, acceptance, resolve, reject });
      void this.write();
    });
  }

  private async write(): Promise<void> {
    if (this.writing) return;
    this.writing = true;
    while (this.waiting.length > 0) await this.writeTogether(this.waiting.splice(0, MOST));
    this.writing = false;
  }

  private async writeTogether(settlements: Settlement[]): Promise<void> {
    // One order for everybody who locks several executions.
    settlements.sort((a, b) => (a.execution.id < b.execution.id ? -1 : 1));
    try {
      const ours = await this.database.transaction(async (tx) => {
        const written: boolean[] = [];
        for (const { execution, outcome, acceptance } of settlements) {
          written.push(await settle(tx, execution, outcome, acceptance));
        }
        return written;
      });
      settlements.forEach(({ resolve }, n) => resolve(ours[n] ?? false));
    } catch (error) {
      // One that the database refuses must not take the others along.
      if (settlements.length > 1) for (const one of settlements) await this.writeTogether([one]);
      else settlements[0]?.reject(error);
    }
  }
}
