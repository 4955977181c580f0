import { type Database } from '#database/database';
import { Failure, TransientFailure } from '#kernel/failures';
import { type ClaimedExecution, type ExecutionKey } from '#ledger/data/claim';
import { type Acceptance, settle } from '#ledger/data/settle';
import { type Outcome } from '#ledger/domain/execution-state';
import { afterFailure, type RetryPolicy } from '#ledger/domain/retry-policy';
import { type Logger } from '#observe/logger';
import { Gathered } from './gathered.js';
import { AnchorMoved, type ClaimedWork, type PrepareExecution, type ReadyMail } from './prepare-execution.js';
import { FactsMoved, type SendMail } from './send-mail.js';

/** Preparations of one claim before it gives way to whoever keeps changing the facts. */
const PREPARATIONS = 4;
const FACTS_KEEP_MOVING_MS = 5_000;
/** Writing an outcome is tried so often, over some 25 seconds. */
const SETTLE_TRIES = 8;

interface Settlement {
  execution: ClaimedExecution;
  outcome: Outcome;
  acceptance: Acceptance | null;
}

type AttemptResult = 'SETTLED' | 'FACTS_MOVED';

/** ⑤–⑨ for one execution: claim, prepare, gate, deliver, settle. Knows no queue, and ends in a recorded state. */
export class RunExecution {
  private readonly settlements: Gathered<Settlement, boolean>;

  constructor(
    database: Database,
    private readonly prepare: PrepareExecution,
    private readonly sendMail: SendMail,
    private readonly retries: RetryPolicy,
    private readonly logger: Logger,
  ) {
    this.settlements = new Gathered(
      ({ execution }) => execution.id,
      (settlements) => settleTogether(database, settlements),
    );
  }

  /** Never rejects for what happens to the mail: that is in the ledger. Rejects when the ledger itself cannot be written. */
  async run(key: ExecutionKey): Promise<void> {
    for (let round = 1; round <= PREPARATIONS; round += 1) {
      const work = await this.prepare.claim(key);
      if (!work || (await this.attempt(work)) === 'SETTLED') return;
      await this.prepare.giveBack(work.execution, round < PREPARATIONS ? 0 : FACTS_KEEP_MOVING_MS);
    }
  }

  private async attempt(work: ClaimedWork): Promise<AttemptResult> {
    const { execution } = work;
    let prepared: Awaited<ReturnType<PrepareExecution['prepare']>>;
    try {
      prepared = await this.prepare.prepare(work);
    } catch (error) {
      if (error instanceof AnchorMoved) await this.prepare.skipMovedStep(execution, error);
      else await this.settle(execution, this.outcomeOf(execution, error));
      return 'SETTLED';
    }
    if (prepared === 'STALE') return 'FACTS_MOVED';
    if (prepared === null) return 'SETTLED';
    if ('mail' in prepared) return this.deliver(execution, prepared);
    await this.settle(execution, prepared);
    return 'SETTLED';
  }

  private async deliver(execution: ClaimedExecution, ready: ReadyMail): Promise<AttemptResult> {
    let outcome: Outcome = { state: 'SUCCEEDED' };
    let acceptance: Acceptance | null = null;
    try {
      acceptance = await this.sendMail.send(execution, ready);
    } catch (error) {
      if (error instanceof FactsMoved) return 'FACTS_MOVED';
      outcome = this.outcomeOf(execution, error);
    }
    // Outside the try: a mail that was accepted must never be retried because recording it failed.
    await this.settle(execution, outcome, acceptance);
    return 'SETTLED';
  }

  private outcomeOf(execution: ClaimedExecution, error: unknown): Outcome {
    const failure = error instanceof Failure ? error : unexpected(error);
    if (!(error instanceof Failure))
      this.logger.error({ err: error, execution_id: execution.id }, 'unexpected failure');
    return afterFailure(failure, execution.attemptCount, this.retries, Math.random());
  }

  private async settle(
    execution: ClaimedExecution,
    outcome: Outcome,
    acceptance: Acceptance | null = null,
  ): Promise<void> {
    const ours = await this.persistently(() => this.settlements.do({ execution, outcome, acceptance }));
    const reason = outcome.state === 'SUCCEEDED' ? undefined : outcome.reason;
    const line = { execution_id: execution.id, workflow_id: execution.workflowId, state: outcome.state, reason };
    if (ours) this.logger.info(line, 'execution settled');
    else this.logger.warn(line, 'execution was taken over by another worker');
  }

  /** What is known must be written: a database that is away for a moment must not turn an accepted mail into an unknown one. */
  private async persistently<T>(write: () => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await write();
      } catch (error) {
        if (tries >= SETTLE_TRIES) throw error;
        this.logger.warn({ err: error, tries }, 'the outcome could not be written; trying again');
        await new Promise((resolve) => setTimeout(resolve, 100 * 2 ** tries));
      }
    }
  }
}

/** @returns for each whether it was ours; false when another worker has taken it over. */
async function settleTogether(database: Database, settlements: Settlement[]): Promise<boolean[]> {
  const written = await database.together(
    settlements.map(({ execution, outcome, acceptance }) => settle(execution, outcome, acceptance)),
  );
  return written.map((rows) => rows.length > 0);
}

/** A defect of ours before anything left: tried again, so that a fixed version may succeed. */
function unexpected(error: unknown): Failure {
  const message = error instanceof Error ? error.message : String(error);
  return new TransientFailure('UNEXPECTED', `The worker failed unexpectedly: ${message.slice(0, 500)}`, {
    cause: error,
  });
}
