import { type Transaction } from '#database/database';
import { recordChange } from '#journal/record-change';
import { DomainError } from '#kernel/errors';

const RESOURCE_TYPE = 'WORKFLOW_ACTION_EXECUTION';

/** How long an operator's retry may take before it is too late, in milliseconds (72 h). */
const RETRY_WINDOW_MS = 72 * 3_600_000;

/**
 * An operator sends a FAILED execution again: prepared anew, with the action as it is now and a new `not_after`, so that a
 * corrected address, template or action helps (rule 7). SKIPPED ones may be asked again too; UNKNOWN ones may have been sent
 * and are not repeated this way.
 *
 * @throws DomainError RESOURCE_NOT_FOUND, INVALID_OPERATION
 */
export async function retryExecution(tx: Transaction, platformId: string, id: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM workflow_action_execution WHERE platform_id = ${platformId} AND id = ${id} FOR NO KEY UPDATE`;
  const row = await tx.workflowActionExecution.findUnique({ where: { platformId_id: { platformId, id } } });
  if (!row) throw DomainError.notFound(RESOURCE_TYPE, id);
  if (row.state !== 'FAILED' && row.state !== 'SKIPPED') {
    throw DomainError.invalidOperation(
      `Only a FAILED or SKIPPED execution can be retried; this one is ${WORDS[row.state] ?? row.state}.`,
    );
  }
  await tx.$executeRaw`
    UPDATE workflow_action_execution e
       SET state = 'PENDING', reason = NULL, reason_message = NULL, attempt_count = 0, finished_at = NULL, released_until = NULL,
           facts = NULL, next_attempt_at = clock_timestamp(),
           not_after = clock_timestamp() + ${RETRY_WINDOW_MS}::float8 * interval '1 millisecond',
           action_version = coalesce((SELECT a.version FROM workflow_action a
                                       WHERE a.platform_id = e.platform_id AND a.id = e.action_id), e.action_version)
     WHERE e.platform_id = ${platformId} AND e.id = ${id}`;
  const named = { object_type: RESOURCE_TYPE, id, customer_id: row.customerId };
  await recordChange(tx, {
    platformId,
    resourceType: RESOURCE_TYPE,
    resourceId: id,
    verb: 'UPDATED',
    before: { ...named, status: row.state, reason: row.reason },
    after: { ...named, status: 'PENDING' },
  });
}

const WORDS: Record<string, string> = {
  CLAIMED: 'being worked on',
  PREPARED: 'being worked on',
  COMMITTING: 'being sent',
  PENDING: 'waiting for its next try already',
  UNKNOWN: 'UNKNOWN: it may have been sent, and sending again could mail the customer twice',
};
