import { type Database } from '#database/database';
import { Failure, TransientFailure, UnknownOutcome } from '#kernel/failures';
import { type ClaimedExecution } from '#ledger/data/claim';
import { passGate } from '#ledger/data/gate';
import { type Acceptance } from '#ledger/data/settle';
import { type ReadyMail } from './prepare-execution.js';

/** A fact has changed since the mail was prepared. Nothing was sent: it is prepared again. */
export class FactsMoved extends Error {
  override readonly name = 'FactsMoved';
}

/** Beyond the mail server's own time to answer, so that a slow answer still finds the lease alive (milliseconds). */
const MARGIN_MS = 5_000;

/** ⑦ and ⑧: hands the mail to the provider, which asks the gate at the last moment. */
export class SendMail {
  /** @param timeoutMs how long the other side may take to answer. */
  constructor(
    private readonly database: Database,
    private readonly timeoutMs: number,
  ) {}

  /**
   * @throws {FactsMoved}
   * @throws {UnknownOutcome} when the gate had passed and nobody can say whether it was accepted.
   * @throws {Failure} surely not accepted.
   */
  async send(execution: ClaimedExecution, { mail, route, preparation }: ReadyMail): Promise<Acceptance> {
    const passed: { at: number | null } = { at: null };
    const gate = async () => {
      await this.passGate(execution, preparation);
      passed.at = performance.now();
    };
    try {
      const sent = await route.provider.send(mail, route.credentials, route.key, gate);
      return { ...sent, afterGateMs: performance.now() - (passed.at ?? performance.now()) };
    } catch (error) {
      if (error instanceof Failure || error instanceof FactsMoved || passed.at === null) throw error;
      const message = error instanceof Error ? error.message : String(error);
      throw new UnknownOutcome('UNEXPECTED_AFTER_GATE', `The worker failed after the mail was released: ${message}`, {
        cause: error,
      });
    }
  }

  private async passGate(execution: ClaimedExecution, preparation: number): Promise<void> {
    const askedAt = performance.now();
    const leaseMs = this.timeoutMs + MARGIN_MS;
    const answer = await passGate(this.database, execution, preparation, leaseMs);
    if (!answer.passed && answer.why === 'FACTS_MOVED') throw new FactsMoved();
    if (!answer.passed) {
      throw new TransientFailure('LEASE_LOST', 'The worker was too slow and lost the execution; nothing was sent.');
    }
    if (answer.leaseLeftMs - (performance.now() - askedAt) < this.timeoutMs) {
      throw new TransientFailure('GATE_TOO_SLOW', 'The database took too long to release the mail; nothing was sent.');
    }
  }
}
