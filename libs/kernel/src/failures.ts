/**
 * How work that was tried can fail. The adapter that talked to the world decides which; the ledger decides what follows
 * (`libs/ledger`, retry policy). `code` is the execution's reason, e.g. `RECIPIENT_REFUSED`; the message is for people.
 */
export abstract class Failure extends Error {
  constructor(
    readonly code: string,
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }
}

/** It was refused, and trying again as it is would be refused again. */
export class PermanentFailure extends Failure {
  override readonly name = 'PermanentFailure';
}

/** It surely did not happen; later it may. */
export class TransientFailure extends Failure {
  override readonly name = 'TransientFailure';
}

/** The other side asks for patience: slows the integration down and costs the mail no attempt. */
export class Throttled extends Failure {
  override readonly name = 'Throttled';

  constructor(
    code: string,
    message: string,
    readonly retryAfterMs: number | null,
    options?: { cause?: unknown },
  ) {
    super(code, message, options);
  }
}

/** The gate had passed and the answer was lost: it may have happened. Nobody repeats it by himself. */
export class UnknownOutcome extends Failure {
  override readonly name = 'UnknownOutcome';
}
