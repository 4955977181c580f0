import { type Transaction } from '#database/database';
import { sql } from '#database/statement';
import { DomainError } from '#kernel/errors';
import { journalOfEnds } from './execution-ends.js';

/**
 * Ends what a customer has still to be sent and erases what his mails said and whom they went to: subjects, recipients,
 * contents, answers of mail servers (which repeat addresses). Counts, states, instants and hashes stay.
 *
 * The caller has locked the customer. Whoever prepares a mail of his at this moment finds that it is not his any more.
 *
 * @throws DomainError INVALID_OPERATION while a mail is being handed over, which nobody can call back: a moment later it has
 *   ended.
 */
export async function eraseExecutions(tx: Transaction, platformId: string, customerId: string): Promise<void> {
  const executions = await tx.$queryRaw<{ id: string; state: string }[]>`
    SELECT id, state FROM workflow_action_execution
     WHERE platform_id = ${platformId} AND customer_id = ${customerId}
     ORDER BY id FOR NO KEY UPDATE`;
  const leaving = executions.find(({ state }) => state === 'COMMITTING');
  if (leaving) {
    throw DomainError.invalidOperation(
      `A mail to the customer is leaving at this moment (${leaving.id}); try again in a minute.`,
      { resourceType: 'CUSTOMER', resourceId: customerId },
    );
  }
  await tx.$executeRaw`
    UPDATE workflow_action_execution
       SET reason_message = NULL, subject = NULL, recipients = NULL, payment_link = NULL
     WHERE platform_id = ${platformId} AND customer_id = ${customerId}`;
  await tx.$executeRaw`
    WITH cancelled AS (
      UPDATE workflow_action_execution
         SET state = 'CANCELLED', reason = 'CUSTOMER_FORGOTTEN',
             reason_message = 'The customer was forgotten before the mail left.', next_attempt_at = NULL,
             lease_until = NULL, released_until = NULL, finished_at = clock_timestamp()
       WHERE platform_id = ${platformId} AND customer_id = ${customerId} AND state IN ('PENDING', 'CLAIMED', 'PREPARED')
      RETURNING workflow_action_execution.*
    ), ${journalOfEnds(sql`cancelled`)}
    SELECT 1`;
  const ids = executions.map(({ id }) => id);
  await tx.$executeRaw`
    DELETE FROM execution_part WHERE platform_id = ${platformId} AND execution_id = ANY(${ids}::text[])`;
  await tx.$executeRaw`
    UPDATE delivery_attempt SET message = NULL WHERE platform_id = ${platformId} AND execution_id = ANY(${ids}::text[])`;
}
