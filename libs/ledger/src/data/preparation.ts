import { createHash } from 'node:crypto';
import { type Database } from '#database/database';
import { join, sql, type Statement } from '#database/statement';
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

/** FOREIGN_DOCUMENT: another document of that revision is on record, so that this preparation carries the wrong one. */
export type StoreAnswer = 'STORED' | 'LOST' | 'FOREIGN_DOCUMENT';

/**
 * Stores the preparation and moves the execution to PREPARED under a fresh lease, all or nothing of it. Whatever the answer
 * is but STORED, nothing must be sent.
 *
 * @param first statements of the same transaction, done before; they count also when the answer is not STORED.
 */
export async function storePreparation(
  database: Database,
  execution: ClaimedExecution,
  preparation: Preparation,
  leaseMs: number,
  first: readonly Statement[] = [],
): Promise<StoreAnswer> {
  const answers = await database.together([...first, prepared(execution, preparation, leaseMs)]);
  if (answers.at(-1)?.length) return 'STORED';
  return (await database.query(held(execution))).length > 0 ? 'FOREIGN_DOCUMENT' : 'LOST';
}

/** One row for each stored part, none when the execution is not ours any more or its document is another's. */
function prepared(execution: ClaimedExecution, preparation: Preparation, leaseMs: number): Statement {
  const { number, facts, parts, renderedAfterMs, printedAfterMs, pdfSha256, ...columns } = preparation;
  const rows = Object.entries(parts).map(([part, content]) => sql`(${part}, ${content}, ${sha256(content)})`);
  return sql`
    WITH prepared AS (
      UPDATE workflow_action_execution e
         SET state = 'PREPARED', preparation = ${number}::int, facts = ${JSON.stringify(facts)}::jsonb,
             lease_until = clock_timestamp() + ${leaseMs}::int * interval '1 millisecond',
             subject = ${columns.subject}, recipients = ${JSON.stringify(columns.recipients)}::jsonb,
             template = ${columns.template}, locale = ${columns.locale}, integration_id = ${columns.integrationId},
             provider = ${columns.provider}, message_id = ${columns.messageId}, mime_sha256 = ${columns.mimeSha256},
             pdf_sha256 = ${pdfSha256}, document_revision = ${columns.documentRevision}::int,
             payment_link = ${columns.paymentLink},
             rendered_at = claimed_at + ${renderedAfterMs}::float8 * interval '1 millisecond',
             printed_at = claimed_at + ${printedAfterMs}::float8 * interval '1 millisecond'
       WHERE ${isHeld(execution)}
         AND NOT EXISTS (SELECT 1 FROM invoice_document d
                          WHERE d.platform_id = e.platform_id AND d.invoice_id = e.invoice_id
                            AND d.document_revision = ${columns.documentRevision}::int AND d.sha256 <> ${pdfSha256})
      RETURNING e.platform_id, e.id
    )
    INSERT INTO execution_part (platform_id, execution_id, preparation, part, content, sha256)
    SELECT prepared.platform_id, prepared.id, ${number}::int, made.part, made.content, made.sha256
      FROM prepared CROSS JOIN (VALUES ${join(rows)}) AS made(part, content, sha256)
    RETURNING 1`;
}

function held(execution: ClaimedExecution): Statement {
  return sql`SELECT 1 FROM workflow_action_execution e WHERE ${isHeld(execution)}`;
}

function isHeld({ platformId, id, token }: ClaimedExecution): Statement {
  return sql`e.platform_id = ${platformId} AND e.id = ${id}
         AND e.state = 'CLAIMED' AND e.token = ${token} AND e.lease_until > clock_timestamp()`;
}

/**
 * Moves a claimed execution whose stored preparation is to be replayed to PREPARED: one row, or none when it is not ours any
 * more.
 */
export function reusePreparation(execution: ClaimedExecution, leaseMs: number): Statement {
  return sql`
    UPDATE workflow_action_execution e
       SET state = 'PREPARED', lease_until = clock_timestamp() + ${leaseMs}::int * interval '1 millisecond'
     WHERE ${isHeld(execution)}
    RETURNING 1`;
}

export interface StoredPreparation {
  parts: Record<string, string>;
  documentRevision: number | null;
  integrationId: string;
  mimeSha256: string;
}

/** What the execution's last preparation stored; null when there is none or it was erased. */
export async function readPreparation(
  database: Database,
  { platformId, id, preparation }: Pick<ClaimedExecution, 'platformId' | 'id' | 'preparation'>,
): Promise<StoredPreparation | null> {
  const [row] = await database.query(sql<StoredPreparation & { parts: Record<string, string> | null }>`
    SELECT (SELECT jsonb_object_agg(p.part, p.content) FROM execution_part p
             WHERE p.platform_id = e.platform_id AND p.execution_id = e.id AND p.preparation = ${preparation}::int) AS parts,
           e.document_revision AS "documentRevision", e.integration_id AS "integrationId", e.mime_sha256 AS "mimeSha256"
      FROM workflow_action_execution e
     WHERE e.platform_id = ${platformId} AND e.id = ${id}
       AND e.integration_id IS NOT NULL AND e.mime_sha256 IS NOT NULL`);
  return row?.parts ? row : null;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
