/** What the demo reads of an execution. */
export interface Execution {
  id: string;
  status: string;
  reason?: string;
  reason_message?: string;
  message_id: string;
  recipients: { to: string[]; cc: string[]; bcc: string[] };
  timeline: { state: string; elapsed_ms: number }[];
}

const MEANING: Record<string, string> = {
  RECORDED: 'the change was written',
  PLANNED: 'trigger and execution, in the same transaction',
  RELEASED: 'a worker was rung for it',
  CLAIMED: 'a worker took it',
  RENDERED: 'subject, HTML and text are there',
  PDF: 'the document is printed',
  GATE: 'nothing has changed: it may leave',
  ACCEPTED: 'the mail server took it',
  SETTLED: 'the outcome is in the ledger',
};

/** The execution's way through the line, in milliseconds since the change was recorded. */
export function timeline(execution: Execution): string {
  return execution.timeline
    .map(
      ({ state, elapsed_ms }) => `${elapsed_ms.toFixed(1).padStart(9)} ms  ${state.padEnd(9)} ${MEANING[state] ?? ''}`,
    )
    .join('\n');
}
