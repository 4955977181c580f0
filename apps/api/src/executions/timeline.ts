import { type WorkflowActionExecution } from '#database/database';

/** What happens to an execution on its way, in the usual order. */
export const TIMELINE_STATES = [
  'RECORDED',
  'PLANNED',
  'RELEASED',
  'CLAIMED',
  'RENDERED',
  'PDF',
  'GATE',
  'ACCEPTED',
  'SETTLED',
] as const;

export interface TimelineEntry {
  state: (typeof TIMELINE_STATES)[number];
  /** ISO 8601 with milliseconds. */
  at: string;
  /** Since RECORDED. */
  elapsed_ms: number;
}

export type Instants = Pick<
  WorkflowActionExecution,
  | 'recordedAt'
  | 'createdAt'
  | 'releasedAt'
  | 'claimedAt'
  | 'renderedAt'
  | 'printedAt'
  | 'gateAt'
  | 'acceptedAt'
  | 'finishedAt'
>;

/**
 * The instants that are known, the earliest first. Each is that of the last time: after a retry some of an earlier try may
 * stand before the claim.
 */
export function timelineOf(row: Instants): TimelineEntry[] {
  const at: Record<TimelineEntry['state'], Date | null> = {
    RECORDED: row.recordedAt,
    PLANNED: row.createdAt,
    RELEASED: row.releasedAt,
    CLAIMED: row.claimedAt,
    RENDERED: row.renderedAt,
    PDF: row.printedAt,
    GATE: row.gateAt,
    ACCEPTED: row.acceptedAt,
    SETTLED: row.finishedAt,
  };
  return TIMELINE_STATES.flatMap((state) => {
    const instant = at[state];
    if (instant === null) return [];
    return [{ state, at: instant.toISOString(), elapsed_ms: instant.getTime() - row.recordedAt.getTime() }];
  }).sort((a, b) => a.elapsed_ms - b.elapsed_ms);
}
