import { createHash } from 'node:crypto';
import { Prisma, type Transaction } from '#database/database';
import { type ClaimedExecution } from './claim.js';

/** What one preparation stores before any byte leaves. */
export interface Preparation {
  number: number;
  /** Revisions of everything that it was decided on, by name. */
  facts: Record<string, string>;
  /** `message` (envelope and headers as JSON), `html`, `text`. */
  parts: Record<string, string>;
  subject: string;
  recipients: object;
  template: string;
  locale: string;
  integrationId: string;
  provider: string;
  messageId: string;
  mimeSha256: string;
  pdfSha256: string | null;
  documentRevision: number | null;
  paymentLink: string | null;
  /** Milliseconds after the claim at which mail and PDF were ready, by the worker's stopwatch; for people only. */
  renderedAfterMs: number;
  printedAfterMs: number | null;
}

/**
 * Stores the preparation and moves the execution to PREPARED under a fresh lease.
 * @returns false when the execution is not ours any more: then nothing of it must be sent.
 */
export async function storePreparation(
  tx: Transaction,
  execution: ClaimedExecution,
  preparation: Preparation,
  leaseMs: number,
): Promise<boolean> {
  const { number, facts, parts, renderedAfterMs, printedAfterMs, ...columns } = preparation;
  const updated = await tx.$executeRaw`
    UPDATE workflow_action_execution
       SET state = 'PREPARED', preparation = ${number}::int, facts = ${JSON.stringify(facts)}::jsonb,
           lease_until = clock_timestamp() + ${leaseMs}::int * interval '1 millisecond',
           subject = ${columns.subject}, recipients = ${JSON.stringify(columns.recipients)}::jsonb,
           template = ${columns.template}, locale = ${columns.locale}, integration_id = ${columns.integrationId},
           provider = ${columns.provider}, message_id = ${columns.messageId}, mime_sha256 = ${columns.mimeSha256},
           pdf_sha256 = ${columns.pdfSha256}, document_revision = ${columns.documentRevision}::int,
           payment_link = ${columns.paymentLink},
           rendered_at = claimed_at + ${renderedAfterMs}::float8 * interval '1 millisecond',
           printed_at = claimed_at + ${printedAfterMs}::float8 * interval '1 millisecond'
     WHERE platform_id = ${execution.platformId} AND id = ${execution.id}
       AND state = 'CLAIMED' AND token = ${execution.token} AND lease_until > clock_timestamp()`;
  if (updated === 0) return false;
  const rows = Object.entries(parts).map(
    ([part, content]) =>
      Prisma.sql`(${execution.platformId}, ${execution.id}, ${number}::int, ${part}, ${content}, ${sha256(content)})`,
  );
  await tx.$executeRaw`
    INSERT INTO execution_part (platform_id, execution_id, preparation, part, content, sha256) VALUES ${Prisma.join(rows)}`;
  return true;
}

/** Moves a claimed execution whose stored preparation is to be replayed to PREPARED. Same meaning as `storePreparation`. */
export async function reusePreparation(
  tx: Transaction,
  execution: ClaimedExecution,
  leaseMs: number,
): Promise<boolean> {
  const updated = await tx.$executeRaw`
    UPDATE workflow_action_execution
       SET state = 'PREPARED', lease_until = clock_timestamp() + ${leaseMs}::int * interval '1 millisecond'
     WHERE platform_id = ${execution.platformId} AND id = ${execution.id}
       AND state = 'CLAIMED' AND token = ${execution.token} AND lease_until > clock_timestamp()`;
  return updated > 0;
}

export interface StoredPreparation {
  parts: Record<string, string>;
  documentRevision: number | null;
  integrationId: string;
  mimeSha256: string;
}

/** What the execution's last preparation stored; null when there is none or it was erased. */
export async function readPreparation(
  tx: Transaction,
  execution: Pick<ClaimedExecution, 'platformId' | 'id' | 'preparation'>,
): Promise<StoredPreparation | null> {
  const { platformId, id, preparation } = execution;
  const rows = await tx.$queryRaw<{ part: string; content: string }[]>`
    SELECT part, content FROM execution_part
     WHERE platform_id = ${platformId} AND execution_id = ${id} AND preparation = ${preparation}::int`;
  if (rows.length === 0) return null;
  const row = await tx.workflowActionExecution.findUniqueOrThrow({ where: { platformId_id: { platformId, id } } });
  if (row.integrationId === null || row.mimeSha256 === null) return null;
  return {
    parts: Object.fromEntries(rows.map(({ part, content }) => [part, content])),
    documentRevision: row.documentRevision,
    integrationId: row.integrationId,
    mimeSha256: row.mimeSha256,
  };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
