/** Where an execution stands. The first four are on the way, the others are ends, each with a reason but SUCCEEDED. */
export type ExecutionState =
  'PENDING' | 'CLAIMED' | 'PREPARED' | 'COMMITTING' | 'SUCCEEDED' | 'FAILED' | 'SKIPPED' | 'CANCELLED' | 'UNKNOWN';

/** What became of one try. Everything that was tried ends in one of these (rule 8). */
export type Outcome =
  | { state: 'SUCCEEDED' }
  | { state: 'FAILED' | 'SKIPPED' | 'UNKNOWN'; reason: string; message: string }
  /** Not sent for now: again after `delayMs`. `charge`: counts as one of the mail's attempts. */
  | { state: 'PENDING'; reason: string; message: string; delayMs: number; charge: boolean };
